import assert from "node:assert/strict";
import { execa } from "execa";
import { alerts, promtoolFiles } from "../prometheus/rule-tests";
import { fill, temporaryFolder } from "./folder";
import { obtain } from "./obtain";

describe("rules, by promtool", () => {
  const folder = temporaryFolder();
  let promtool: string;
  before("what is not built yet is built", async () => {
    ({ promtool } = await obtain("promtool"));
    fill(folder, promtoolFiles());
  });

  const run = (...args: readonly string[]) => execa(promtool, args, { cwd: folder, all: true, reject: false });

  for (const file of Object.keys(promtoolFiles()).filter((name) => name !== "tests.yml")) {
    it(`are without fault in ${file}`, async () => {
      const { exitCode, all } = await run("check", "rules", "--lint=all", "--lint-fatal", file);
      assert.equal(exitCode, 0, all);
    });
  }

  it(`fire when they should and are quiet when they should, all ${alerts.length} alerts`, async () => {
    const { exitCode, all } = await run("test", "rules", "tests.yml");
    assert.equal(exitCode, 0, all);
  });
});
