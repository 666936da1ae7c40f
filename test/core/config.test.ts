import assert from "node:assert/strict";
import { json, yaml } from "../../components/core/config";

describe("config", () => {
  it("keeps the order of keys, leaves undefined ones out, and folds no line", () => {
    const long = "a ".repeat(100).trim();
    assert.equal(yaml({ b: 1, a: [true, null], c: undefined, d: long }), `b: 1\na:\n  - true\n  - null\nd: ${long}\n`);
  });

  it("quotes what YAML would read as something else", () => {
    assert.equal(yaml({ a: "yes", b: "1.0", c: "${env:TOKEN}", d: "" }), 'a: yes\nb: "1.0"\nc: ${env:TOKEN}\nd: ""\n');
  });

  it("repeats equal values rather than referring to them", () => {
    const shared = { x: 1 };
    assert.equal(yaml({ a: shared, b: shared }), "a:\n  x: 1\nb:\n  x: 1\n");
  });

  it("writes JSON with a line end", () => {
    assert.equal(json({ a: 1 }), '{\n  "a": 1\n}\n');
  });
});
