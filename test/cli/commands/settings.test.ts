import assert from "node:assert/strict";
import { settingsTable } from "../../../cli/commands/settings";

describe("sightline settings", () => {
  it("says how to see a value whole where one is cut", () => {
    const long = JSON.stringify({ words: "w".repeat(60) });
    assert.deepEqual(settingsTable("dev", [["a", long, "default"]]).split("\n"), [
      "Settings of dev",
      `  setting  value${" ".repeat(57)}from`,
      `  a        {"words":"${"w".repeat(49)}…  default`,
      "Values that end in … are cut: `npm run sightline -- settings -s dev --json` prints them whole",
    ]);
  });

  it("says nothing of it where none is", () => {
    assert.equal(settingsTable("dev", [["a", "1", "default"]]).split("\n").length, 3);
  });
});
