import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { findSampling } from "../../cli/verify/jaeger";
import { images } from "../../components/images";
import { renderedFolder } from "../../stacks/rendered";
import { compareWithJaeger } from "../support/jaeger-count";
import { load } from "../support/load";
import { loginHeaders } from "../support/login";
import { temporaryFolder } from "./folder";
import { startJaeger, type JaegerProcess } from "./jaeger-process";
import { jaegerProgram, jaegerVersions } from "./jaegers";

const pinned = images.jaeger.version;

for (const version of jaegerVersions) {
  const configs = version === pinned ? "jaeger" : `jaeger-${version}`;
  for (const stack of ["dev", "prod"]) {
    describe(`configs/rendered/${stack}/${configs}/config.yaml, in Jaeger ${version}`, () => {
      const folder = temporaryFolder();
      let jaeger: JaegerProcess | undefined;

      before(async function () {
        const command = await jaegerProgram(version, this);
        jaeger = await startJaeger(command, join(renderedFolder, stack, configs, "config.yaml"), folder);
      });
      after(() => jaeger?.stop());

      it("stores and shows every span it has acknowledged", async () => {
        const rate = { seconds: 1, spansPerSecond: 100 };
        const { acknowledged, ...sent } = await load({ url: jaeger!.url(4318), headers: loginHeaders, ...rate });
        assert.equal(sent.acknowledgedSpans, 100);
        const { foundSpans, missing } = await compareWithJaeger(jaeger!.url(16686), acknowledged);
        assert.deepEqual({ foundSpans, missing }, { foundSpans: 100, missing: [] });
      });

      it("lets a browser ask for the login", async () => {
        const { status, headers } = await fetch(jaeger!.url(16686));
        assert.deepEqual([status, headers.get("www-authenticate")], [401, 'Basic realm="Jaeger"']);
        assert.equal((await fetch(jaeger!.url(16686), { headers: loginHeaders })).status, 200);
      });

      it("tells services how to sample", async () => {
        assert.deepEqual(await findSampling({ url: jaeger!.url(5778) }), {
          found: true,
          saw: "services sample 100 %",
        });
      });

      it("keeps its data in the folders of its volume", () => {
        assert.deepEqual(readdirSync(join(folder, "badger")).sort(), ["keys", "values"]);
      });

      it("counts what it has written", async () => {
        const metrics = await (await fetch(`${jaeger!.url(8888)}/metrics`)).text();
        assert.match(metrics, /otelcol_exporter_sent_spans_total\{.*exporter="jaeger_storage_exporter".*\} 100\b/);
      });
    });
  }
}
