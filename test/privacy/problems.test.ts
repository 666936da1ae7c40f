import assert from "node:assert/strict";
import { sentence } from "../../components/core/problems";
import { privacyProblems, type Privacy } from "../../components/privacy";

const refused: Readonly<Record<string, readonly [privacy: Privacy, problem: string]>> = {
  "a rule that does not exist": [
    { rules: { emial: false } as Privacy["rules"] & object },
    "privacy.rules.emial: no such rule, got false; use one of credentials, tokens, queries, statements, emails, cards, ibans, or write a pattern of your own",
  ],
  "a pattern with lookahead": [
    { patterns: { customer: "(?=KD)" } },
    `privacy.patterns.customer: the Collector's regular expressions (RE2) support neither lookaround nor backreferences, got "(?=KD)"; write it in the syntax of RE2, as KD-[0-9]{6}`,
  ],
  "a pattern with too many repetitions": [
    { patterns: { customer: "K{1001}" } },
    'privacy.patterns.customer: RE2 repeats at most 1000 times, got "K{1001}"; write it in the syntax of RE2, as KD-[0-9]{6}',
  ],
  "a pattern that matches nothing at all": [
    { patterns: { customer: "(KD)*" } },
    'privacy.patterns.customer: it matches every value, got "(KD)*"; write what distinguishes these values from others',
  ],
  "a pattern that matches everything": [
    { patterns: { customer: ".+" } },
    'privacy.patterns.customer: it matches every value, got ".+"; write what distinguishes these values from others',
  ],
  "a pattern with the name of a rule": [
    { patterns: { cards: "KD" } },
    'privacy.patterns.cards: the name of an existing rule, got "KD"; give it another name',
  ],
  "a name that is none": [
    { patterns: { "Customer Nr": "KD" } },
    'privacy.patterns.Customer Nr: its name may only have lower case letters, digits and hyphens, got "KD"; name it as customer-number',
  ],
  "an attribute without a name": [
    { keep: [" "] },
    'privacy.keep: not an attribute name, got " "; write full names, as app.support.mail',
  ],
};

describe("what is taken out", () => {
  for (const [what, [privacy, problem]] of Object.entries(refused)) {
    it(`refuses ${what}`, () => assert.deepEqual(privacyProblems(privacy).map(sentence), [problem]));
  }
  it("takes patterns with flags and named groups", () =>
    assert.deepEqual(
      privacyProblems({ patterns: { a: "(?i)kd-(?P<number>[0-9]{6})" }, rules: { emails: false } }),
      [],
    ));
});
