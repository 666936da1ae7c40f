import assert from "node:assert/strict";
import { atLeast, isVersion } from "../../components/core/version";

describe("version", () => {
  it("is three numbers", () => {
    assert.deepEqual(["2.20.0", "v2.20.0", "2.20", "2.20.0-rc1"].filter(isVersion), ["2.20.0"]);
  });

  it("compares by number, not by letter", () => {
    assert.equal(atLeast("2.20.0", "2.13.0"), true);
    assert.equal(atLeast("2.9.0", "2.13.0"), false);
    assert.equal(atLeast("0.144.0", "0.144.0"), true);
    assert.equal(atLeast("1.0.0", "0.144.0"), true);
    assert.equal(atLeast("0.143.9", "0.144.0"), false);
  });
});
