import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderedFolder } from "../../stacks/rendered";
import { obtainBinary } from "../../toolchain/build";
import { start } from "../bench/process";
import { compareWithJaeger } from "../support/jaeger-count";
import { load } from "../support/load";

/** Ports beside those of a stack that may run. */
const moved = (port: number): number => 30_000 + (port % 20_000);

/** A configuration for a container, moved to folders and ports of this machine. */
const local = (text: string, folder: string, sampling: string): string =>
  text
    .replace(/0\.0\.0\.0:(\d+)/g, (_, port: string) => `127.0.0.1:${moved(Number(port))}`)
    .replace(
      /host: 0\.0\.0\.0\n(\s+)port: (\d+)/,
      (_, indent: string, port: string) => `host: 127.0.0.1\n${indent}port: ${moved(Number(port))}`,
    )
    .replaceAll("/badger/", `${folder}/badger-`)
    .replaceAll("/etc/jaeger/sampling.json", sampling);

/** A Jaeger for which configuration is rendered, and where its program is. */
const jaegers = [
  { version: "2.13.0", rendered: "jaeger-2.13.0", binary: () => obtainBinary("jaeger").then(({ path }) => path) },
  { version: "the pinned version", rendered: "jaeger", binary: () => Promise.resolve(process.env["SIGHTLINE_JAEGER"]) },
];

for (const { version, rendered, binary } of jaegers) {
  describe(`Jaeger, ${version}`, () => {
    for (const stack of ["dev", "prod"]) {
      it(`runs what is rendered for ${stack}, stores a trace, and tells how to sample`, async function () {
        const command = await binary();
        if (command === undefined) {
          console.log("      not run: SIGHTLINE_JAEGER names no Jaeger of the pinned version, which no module has");
          return this.skip();
        }
        const folder = mkdtempSync(join(tmpdir(), "sightline-jaeger-"));
        const source = join(renderedFolder, stack, rendered);
        const config = join(folder, "config.yaml");
        writeFileSync(
          config,
          local(readFileSync(join(source, "config.yaml"), "utf8"), folder, join(source, "sampling.json")),
        );
        const log = join(folder, "log");
        const running = await start(command, ["--config", config], `http://127.0.0.1:${moved(13133)}/status`, log);
        try {
          const { acknowledgedSpans, acknowledged } = await load({
            url: `http://127.0.0.1:${moved(4318)}`,
            seconds: 1,
            spansPerSecond: 100,
          });
          assert.equal(acknowledgedSpans, 100);
          const { missing } = await compareWithJaeger(`http://127.0.0.1:${moved(16686)}`, acknowledged);
          assert.deepEqual(missing, []);
          const answer = await fetch(`http://127.0.0.1:${moved(5778)}/api/sampling?service=shop`);
          const { probabilisticSampling } = (await answer.json()) as {
            probabilisticSampling: { samplingRate: number };
          };
          assert.deepEqual(probabilisticSampling, { samplingRate: 1 });
        } finally {
          await running.stop();
        }
      });
    }
  });
}
