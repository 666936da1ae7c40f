import assert from "node:assert/strict";
import { formsInTexts } from "../../components/privacy/forms";

const forms = formsInTexts({ rules: { cards: true, ibans: true } });
/** RE2 writes groups of a replacement as JavaScript does, but for the braces. */
const masked = (text: string): string =>
  forms.reduce(
    (result, { pattern, mask }) => result.replaceAll(compiled(pattern), mask.replaceAll(/\$\{(\d)\}/g, "$$$1")),
    text,
  );
const compiled = (pattern: string): RegExp => new RegExp(pattern, "g");

const becomes: Readonly<Record<string, string>> = {
  "mail to jo.doe+x@example.com now": "mail to {email} now",
  "paid 4111111111111111": "paid {card}",
  "paid 4111 1111 1111 1111, thanks": "paid {card}, thanks",
  "paid 5500-0000-0000-0004": "paid {card}",
  "amex 378282246310005": "amex {card}",
  "to DE89370400440532013000": "to {iban}",
  "to GB29 NWBK 6016 1331 9268 19": "to {iban}",
  "Bearer abcdef0123456789abcd": "{token}",
  "authorization: Basic dXNlcjpwYXNz": "authorization: Basic {credentials}",
  "cookie: a=b; c=d": "cookie: {credentials}",
  '{"x-api-key":"0123456789"}': '{"x-api-key":"{credentials}"}',
  "postgres://bob:pw@db.test/shop": "postgres://{credentials}@db.test/shop",
  "GET /x?token=hunter2&a=b HTTP/1.1": "GET /x?token=REDACTED&a=REDACTED HTTP/1.1",
  AKIAIOSFODNN7EXAMPLE: "{token}",
};

const stays = [
  "trace_id=0af7651916cd43dd8448eb211c80319c span_id=b7ad6b7169203331",
  "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  "order 41111111-1111-4111-1111-111111111111",
  "order 0f8fad5b-d9cb-469f-a165-70867728950e",
  "at 1732679000123, 1732679000123456789 ns",
  "2026-11-27T04:15:53.123Z GET /orders/{id} 200 12ms",
  "react@18.2.0 @opentelemetry/api",
  "01ARZ3NDEKTSV4RRFFQ69G5FAV",
  "snowflake 1541815603606036480",
  "sha256:4111111111111111a1b2c3d4e5f60718293a4b5c6d7e8f901234567890abcdef",
];

describe("forms of what is taken out", () => {
  for (const [text, result] of Object.entries(becomes)) {
    it(`${text} becomes ${result}`, () => assert.equal(masked(text), result));
  }
  for (const text of stays) it(`${text} stays`, () => assert.equal(masked(text), text));
  it("are those of every rule but cards and ibans unless a stack says so", () => {
    const rules = (privacy: Parameters<typeof formsInTexts>[0]) => [
      ...new Set(formsInTexts(privacy).map(({ rule }) => rule)),
    ];
    const usual = ["credentials", "queries", "tokens", "emails"];
    assert.deepEqual(rules({}), usual);
    assert.deepEqual(rules({ rules: { cards: true, ibans: true } }), [...usual, "cards", "ibans"]);
  });

  it("finds each of them by a hint, which decides what is looked at", () => {
    for (const text of Object.keys(becomes)) {
      for (const { pattern, hints } of forms) {
        if (compiled(pattern).test(text))
          assert.ok(
            hints.some((hint) => compiled(hint.replace("(?s:.{16})", "[^]{16}")).test(text)),
            text,
          );
      }
    }
  });
});
