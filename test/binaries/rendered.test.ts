import assert from "node:assert/strict";
import { join } from "node:path";
import { execa } from "execa";
import { checks } from "../../cli/check";
import { outsidePods } from "../../cli/check/binaries";
import { sampleConfigs, sampleVariables } from "../support/collector-samples";
import { fill, temporaryFolder } from "./folder";
import { obtain } from "./obtain";

describe("the committed project", () => {
  before("what is not built yet is built", () => obtain("otelcol-contrib", "jaeger", "promtool"));

  for (const { subject, by, run } of checks()) {
    it(`holds ${subject} as ${by} wants it`, async () => assert.deepEqual(await run(), { state: "passed" }));
  }
});

describe("the sample Collectors, which hold every part of the library", () => {
  const folder = temporaryFolder();
  let otelcol: string;
  before("what is not built yet is built", async () => {
    ({ "otelcol-contrib": otelcol } = await obtain("otelcol-contrib"));
    fill(folder, sampleConfigs());
  });

  for (const file of Object.keys(sampleConfigs())) {
    it(`are valid: ${file}`, async () => {
      const { exitCode, all } = await execa(
        otelcol,
        ["validate", `--config=${join(folder, file)}`, ...(file === "agent.yaml" ? outsidePods : [])],
        {
          env: sampleVariables(),
          all: true,
          reject: false,
        },
      );
      assert.deepEqual({ exitCode, all }, { exitCode: 0, all: "" });
    });
  }
});
