import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { refuse, Refusal, sentence, within } from "../../components/core/problems";

const retention = { path: "retention", value: 72, reason: "has no unit", remedy: 'write "72h"' };

describe("problems", () => {
  it("reads as setting, reason, value and remedy", () => {
    assert.equal(sentence(retention), 'retention: has no unit, got 72; write "72h"');
  });

  it("says of an Output that it is one", () => {
    assert.equal(
      sentence({ ...retention, value: pulumi.output("72h") }),
      'retention: has no unit, got an Output, which is not known yet; write "72h"',
    );
  });

  it("leaves the value out where there is none", () => {
    assert.equal(sentence({ path: "name", reason: "missing", remedy: "give one" }), "name: missing; give one");
  });

  it("is seen from what holds it", () => {
    assert.deepEqual(within("storage", [retention]), [{ ...retention, path: "storage.retention" }]);
  });

  it("refuses with every problem at once, each said once", () => {
    const other = { path: "size", reason: "missing", remedy: 'write "20 GiB"' };
    assert.throws(() => refuse("badger", [retention, other, retention]), new Refusal("badger", [retention, other]));
    assert.equal(
      new Refusal("badger", [retention, other]).message,
      'badger: 2 problems, nothing was created\n  - retention: has no unit, got 72; write "72h"\n  - size: missing; write "20 GiB"',
    );
  });

  it("says nothing where nothing is wrong", () => {
    refuse("badger", []);
  });
});
