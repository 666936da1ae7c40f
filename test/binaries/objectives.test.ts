import assert from "node:assert/strict";
import { execa } from "execa";
import { objectiveFiles, objectiveScenarios, objectiveTests } from "../prometheus/objective-scenarios";
import { fill, temporaryFolder } from "./folder";
import { obtain } from "./obtain";

describe("rules of objectives, by promtool", () => {
  const folder = temporaryFolder();
  let promtool: string;
  before("what is not built yet is built", async () => {
    ({ promtool } = await obtain("promtool"));
    fill(folder, objectiveFiles());
  });

  const run = (...args: readonly string[]) => execa(promtool, args, { cwd: folder, all: true, reject: false });

  it("are without fault, two objectives of one service in one file", async () => {
    const { exitCode, all } = await run("check", "rules", "--lint=all", "--lint-fatal", "both.yml");
    assert.equal(exitCode, 0, all);
  });

  for (const name of Object.keys(objectiveScenarios)) {
    it(name, async () => {
      fill(folder, { "tests.yml": objectiveTests(name) });
      const { exitCode, all } = await run("test", "rules", "tests.yml");
      assert.equal(exitCode, 0, all);
    });
  }
});
