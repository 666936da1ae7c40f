import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { checks } from "../../cli/check";
import { obtainBinary } from "../../toolchain/build";
import { sampleConfigs, sampleVariables } from "../support/collector-samples";

const folder = mkdtempSync(join(tmpdir(), "sightline-binaries-"));

describe("rendered files", () => {
  before(async () => {
    for (const name of ["otelcol-contrib", "jaeger", "promtool", "loki"] as const) await obtainBinary(name);
  });

  for (const { subject, by, run } of checks()) {
    it(`${subject} passes ${by}`, async () => {
      assert.deepEqual(await run(), { state: "passed" });
    });
  }
});

describe("every part of a Collector", () => {
  for (const [file, text] of Object.entries(sampleConfigs())) {
    it(`is accepted by the Collector in ${file}`, async () => {
      const { path } = await obtainBinary("otelcol-contrib");
      writeFileSync(join(folder, file), text);
      const args = ["validate", `--config=${join(folder, file)}`];
      const { exitCode, all } = await execa(path, args, { env: sampleVariables(), all: true, reject: false });
      assert.equal(exitCode, 0, all);
    });
  }
});
