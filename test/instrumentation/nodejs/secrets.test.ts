import assert from "node:assert/strict";
import { withoutLiterals, withoutSecrets, withoutValues } from "../../../instrumentation/nodejs/src/secrets";

describe("what the Node.js kit takes out of spans", () => {
  it("are values of queries", () => {
    assert.equal(withoutValues("token=s3cret&page=2&flag"), "token=REDACTED&page=REDACTED&flag");
    assert.equal(withoutValues(""), "");
  });

  it("are who asks, and values, in URLs", () => {
    assert.equal(
      withoutSecrets("https://me:pw@shop.example/a?key=1#part=2"),
      "https://REDACTED@shop.example/a?key=REDACTED#part=2",
    );
    assert.equal(withoutSecrets("http://shop.example/a@b"), "http://shop.example/a@b");
  });

  it("are texts and numbers in SQL, and no placeholder or name", () => {
    assert.equal(
      withoutLiterals("SELECT t1.a FROM t1 WHERE b = 'it''s' AND c > -4.5 AND d = $1 AND e = :id2 LIMIT 10"),
      "SELECT t1.a FROM t1 WHERE b = ? AND c > ? AND d = $1 AND e = :id2 LIMIT ?",
    );
  });
});
