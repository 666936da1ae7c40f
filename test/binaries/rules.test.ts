import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { obtainBinary } from "../../toolchain/build";
import { promtoolFiles } from "../prometheus/rule-tests";

describe("alert rules", () => {
  const cwd = mkdtempSync(join(tmpdir(), "sightline-rules-"));
  const files = promtoolFiles();
  const promtool = async (...args: string[]) => {
    const { path } = await obtainBinary("promtool");
    const { exitCode, all } = await execa(path, args, { cwd, all: true, reject: false });
    assert.equal(exitCode, 0, all);
  };

  before(() => {
    for (const [file, text] of Object.entries(files)) writeFileSync(join(cwd, file), text);
  });

  it("are rules without fault", () =>
    promtool(
      "check",
      "rules",
      "--lint=all",
      "--lint-fatal",
      ...Object.keys(files).filter((file) => file !== "tests.yml"),
    ));

  it("fire when they should, with their exact texts, and are quiet when they should", () =>
    promtool("test", "rules", "tests.yml"));
});
