import assert from "node:assert/strict";
import { execa } from "execa";
import { logStoreKinds } from "../../components/logs";
import { alertsWith, promtoolFiles } from "../prometheus/rule-tests";
import { fill, temporaryFolder } from "./folder";
import { obtain } from "./obtain";

for (const logs of logStoreKinds) {
  describe(`rules of a stack with ${logs}, by promtool`, () => {
    const folder = temporaryFolder();
    let promtool: string;
    before("what is not built yet is built", async () => {
      ({ promtool } = await obtain("promtool"));
      fill(folder, promtoolFiles(logs));
    });

    const run = (...args: readonly string[]) => execa(promtool, args, { cwd: folder, all: true, reject: false });

    for (const file of Object.keys(promtoolFiles(logs)).filter((name) => name !== "tests.yml")) {
      it(`are without fault in ${file}`, async () => {
        const { exitCode, all } = await run("check", "rules", "--lint=all", "--lint-fatal", file);
        assert.equal(exitCode, 0, all);
      });
    }

    it(`fire when they should and are quiet when they should, all ${alertsWith(logs).length} alerts`, async () => {
      const { exitCode, all } = await run("test", "rules", "tests.yml");
      assert.equal(exitCode, 0, all);
    });
  });
}
