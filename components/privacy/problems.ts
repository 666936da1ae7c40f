import type { Problem } from "../core/problems";
import { privacyRules, type Privacy } from "./options";

/** What every stack needs to stay as it is: a pattern that matches all of it would mask everything. */
const structure = ["GET", "/orders/{id}", "200", "0af7651916cd43dd8448eb211c80319c"];

/** Rules that do not exist, and patterns that the Collector refuses or that match everything. */
export const privacyProblems = ({ rules = {}, patterns = {}, keep = [] }: Privacy): Problem[] => [
  ...Object.keys(rules)
    .filter((rule) => !(privacyRules as readonly string[]).includes(rule))
    .map((rule) => ({
      path: `privacy.rules.${rule}`,
      value: rules[rule as keyof typeof rules],
      reason: "no such rule",
      remedy: `use one of ${privacyRules.join(", ")}, or write a pattern of your own`,
    })),
  ...Object.entries(patterns).flatMap(([name, pattern]) =>
    [...nameProblems(name), ...patternProblems(pattern)].map((problem) => ({
      path: `privacy.patterns.${name}`,
      value: pattern,
      ...problem,
    })),
  ),
  ...keep
    .filter((key) => key.trim() === "" || /["\\\n]/.test(key))
    .map((key) => ({
      path: "privacy.keep",
      value: key,
      reason: "not an attribute name",
      remedy: "write full names, as app.support.mail",
    })),
];

type Wrong = Pick<Problem, "reason" | "remedy">;

function nameProblems(name: string): Wrong[] {
  if ((privacyRules as readonly string[]).includes(name)) {
    return [{ reason: "the name of an existing rule", remedy: "give it another name" }];
  }
  return /^[a-z][a-z0-9-]{0,30}$/.test(name)
    ? []
    : [
        {
          reason: "its name may only have lower case letters, digits and hyphens",
          remedy: "name it as customer-number",
        },
      ];
}

function patternProblems(pattern: string): Wrong[] {
  const compiled = compile(pattern);
  if (typeof compiled === "string") {
    return [{ reason: compiled, remedy: "write it in the syntax of RE2, as KD-[0-9]{6}" }];
  }
  return compiled.test("") || structure.every((text) => compiled.test(text))
    ? [{ reason: "it matches every value", remedy: "write what distinguishes these values from others" }]
    : [];
}

/** Lookaround, backreferences and possessive quantifiers: RE2 has none. */
const notInRe2 = /\(\?<?[=!]|\\[1-9]|\\k<|[*+?}]\+/;
/** Most repetitions that RE2 allows. */
const mostRepeated = 1000;

/** A pattern as JavaScript has it, or what is wrong with it. Flags in front and names of groups are written differently there. */
function compile(pattern: string): RegExp | string {
  if (notInRe2.test(pattern))
    return "the Collector's regular expressions (RE2) support neither lookaround nor backreferences";
  const counts = [...pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].flatMap(([, from, to]) => [
    Number(from),
    Number(to ?? 0),
  ]);
  if (counts.some((count) => count > mostRepeated)) return `RE2 repeats at most ${mostRepeated} times`;
  const [, flags = "", rest = ""] = /^(?:\(\?([ims]+)\))?([^]*)$/.exec(pattern)!;
  try {
    return new RegExp(rest.replaceAll("(?P<", "(?<"), flags);
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^Invalid regular expression: /, "") : String(error);
  }
}
