import assert from "node:assert/strict";
import type { Dependency } from "../../../toolchain/licences/dependency";
import { eachOnce } from "../../../toolchain/licences/each-once";

const one: Dependency = { kind: "npm", name: "b", version: "1.0.0", licence: "MIT", use: "tool", through: ["first"] };

describe("dependencies from several places", () => {
  it("are there once, with the use that asks most and every way in, by name", () => {
    const again: Dependency = { ...one, use: "linked", through: ["first", "second"] };
    const before: Dependency = { ...one, name: "a" };
    assert.deepEqual(eachOnce([one, again, before]), [before, { ...one, use: "linked", through: ["first", "second"] }]);
  });

  it("are there with each licence that somebody says they have, so that none hides another", () => {
    const other: Dependency = { ...one, licence: "AGPL-3.0-only" };
    const { licence, ...unsaid } = one;
    assert.equal(licence, "MIT");
    assert.deepEqual(eachOnce([other, one, unsaid]), [other, one, unsaid]);
  });
});
