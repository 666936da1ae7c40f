import assert from "node:assert/strict";
import { sentence } from "../../../components/core/problems";
import type { Dependency, Use } from "../../../toolchain/licences/dependency";
import { judge, type Readings } from "../../../toolchain/licences/judge";

const dependency = (licence: string | undefined, use: Use = "linked"): Dependency => ({
  kind: "npm",
  name: "left",
  version: "1.2.3",
  ...(licence !== undefined && { licence }),
  use,
  through: ["package-lock.json: right → left", "package-lock.json: left"],
});
const said = (licence: string | undefined, use: Use = "linked", readings: Readings = {}): string[] =>
  judge([dependency(licence, use)], readings).map(sentence);

const linked = "compiled or loaded into what this project ships or builds";
const readIt = "read its licence file and write what it is into toolchain/licences/readings.ts, or take it out";
const refused = (licence: string): string[] => [
  `npm left@1.2.3: not a licence that is allowed for ${linked} (through package-lock.json: right → left), got "${licence}"; take out what brings it in, or use something else in its place`,
];
const unreadable = (licence: string): string[] => [
  `npm left@1.2.3: its licence is no expression of SPDX (through package-lock.json: right → left), got "${licence}"; ${readIt}`,
];

describe("licences", () => {
  for (const licence of [
    "MIT",
    "(MIT AND Zlib)",
    "MIT OR AGPL-3.0-only",
    "(GPL-2.0-only OR MIT) AND Apache-2.0",
    "MPL-2.0",
  ]) {
    it(`allows ${licence}`, () => assert.deepEqual(said(licence), []));
  }

  for (const licence of [
    "AGPL-3.0-only",
    "AGPL-3.0-or-later",
    "MIT AND AGPL-3.0-only",
    "GPL-2.0-only OR (MIT AND SSPL-1.0)",
    "Elastic-2.0",
    "Apache-2.0 WITH Classpath-exception-2.0",
  ]) {
    it(`refuses ${licence}, and names the package, its way in and the remedy`, () =>
      assert.deepEqual(said(licence), refused(licence)));
  }

  for (const licence of ["SEE LICENSE IN LICENSE", "Apache 2", "UNLICENSED", "MIT/X11", "MIT AND", "NOASSERTION"]) {
    it(`refuses ${licence}, which says nothing`, () => assert.deepEqual(said(licence), unreadable(licence)));
  }

  it("refuses what says no licence, in an image too", () => {
    const none = `npm left@1.2.3: says no licence, and what has none may not be used (through package-lock.json: right → left); ${readIt}`;
    assert.deepEqual(said(undefined), [none]);
    assert.deepEqual(said(undefined, "pulled"), [none]);
  });

  it("lets users pull what says any licence", () => assert.deepEqual(said("AGPL-3.0-only", "pulled"), []));

  it("takes what somebody has read before what the publisher says, and judges that", () => {
    assert.deepEqual(said(undefined, "linked", { "npm left@1.2.3": { licence: "MIT", from: "its file" } }), []);
    const read = { licence: "AGPL-3.0-only", from: "its file" };
    assert.deepEqual(said("MIT", "linked", { "npm left@1.2.3": read }), refused("AGPL-3.0-only"));
  });

  it("refuses a reading of a version that is not there", () => {
    assert.deepEqual(said("MIT", "linked", { "npm left@1.2.2": { licence: "MIT", from: "its file" } }), [
      "npm left@1.2.2: its licence was read, and nothing depends on this version; take its row out of toolchain/licences/readings.ts",
    ]);
  });

  it("says all at once", () => {
    const other = { ...dependency("AGPL-3.0-only"), name: "other" };
    assert.deepEqual(
      judge([dependency(undefined), other, dependency("MIT")], {}).map(({ path }) => path),
      ["npm left@1.2.3", "npm other@1.2.3"],
    );
  });
});
