import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { built, loader, run, service, services } from "./kit";
import { sink, type Sink } from "./sink";

describe("a Node.js process with the kit", () => {
  let otlp: Sink;
  before(built);
  beforeEach(async () => (otlp = await sink()));
  afterEach(() => otlp.close());

  const env = () => ({ OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url, OTEL_BSP_SCHEDULE_DELAY: "60000" });
  const names = () => otlp.spans.map(({ name }) => name);

  it("ends by a signal that nobody handles, once its spans are sent", async () => {
    const { process } = await service("waits.cjs", env());
    process.kill("SIGTERM");
    assert.equal((await process).signal, "SIGTERM");
    assert.equal(otlp.spans.length, 100);
  });

  it("ends when its own handler says so, and what it ends until then is sent", async () => {
    const { process } = await service("drains.cjs", env());
    process.kill("SIGTERM");
    const { exitCode, signal } = await process;
    assert.deepEqual([exitCode, signal, names()], [7, undefined, ["last request"]]);
  });

  it("keeps the exit code of a script", async () => {
    assert.equal((await run("script.cjs", env())).exitCode, 3);
    assert.deepEqual(names(), ["work"]);
  });

  it("dies of an uncaught exception as ever", async () => {
    const { exitCode, stderr } = await run("throws.cjs", env());
    assert.equal(exitCode, 1);
    assert.match(String(stderr), /Error: out of stock/);
  });

  it("sends what a worker did before it is ended from outside", async () => {
    const { process } = await service("worker.cjs", {
      OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
      OTEL_BSP_SCHEDULE_DELAY: "",
    });
    assert.equal((await process).exitCode, 0);
    assert.deepEqual(names(), ["in a worker"]);
  });

  describe("and a Collector that takes connections and never answers", () => {
    let silent: Server;
    beforeEach(() => new Promise<void>((listening) => (silent = createServer()).listen(0, "127.0.0.1", listening)));
    afterEach(() => silent.close());
    const stuck = () => {
      const address = silent.address();
      return { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}` };
    };

    it("ends all the same", async () => {
      const { process } = await service("waits.cjs", stuck());
      process.kill("SIGTERM");
      assert.equal((await process).signal, "SIGTERM");
      assert.equal((await run("script.cjs", stuck())).exitCode, 3);
    });
  });

  it("follows strategies that it asks for, by method and path", async () => {
    otlp.strategies = {
      operationSampling: {
        defaultSamplingProbability: 0,
        perOperationStrategies: [{ operation: "GET /orders/:id", probabilisticSampling: { samplingRate: 1 } }],
      },
    };
    const { said, process } = await service("express.cjs", {
      OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
      OTEL_TRACES_SAMPLER: "parentbased_jaeger_remote",
      OTEL_TRACES_SAMPLER_ARG: `endpoint=${otlp.url}/sampling,pollingIntervalMs=100,initialSamplingRate=0`,
    });
    const ask = async (path: string) => (await fetch(`http://127.0.0.1:${String(said["port"])}${path}`)).text();
    for (let i = 0; i < 200 && otlp.spans.length === 0; i++) {
      await ask("/leaf");
      await ask("/orders/17");
    }
    process.kill("SIGTERM");
    await process;
    assert.deepEqual([...new Set(names())].sort(), ["GET", "GET /leaf", "GET /orders/:id"]);
    const roots = otlp.spans.filter(({ parentSpanId }) => parentSpanId === "");
    assert.deepEqual([...new Set(roots.map(({ name }) => name))], ["GET /orders/:id"]);
  });
});

describe("a Node.js process with remote strategies", () => {
  for (const [exporter, asks] of [
    ["otlp", true],
    ["none", false],
  ] as const) {
    it(`${asks ? "asks" : "does not ask"} for them where its traces go to ${exporter}`, async () => {
      await built();
      const otlp = await sink();
      await run("script.cjs", {
        OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
        OTEL_TRACES_EXPORTER: exporter,
        OTEL_TRACES_SAMPLER: "parentbased_jaeger_remote",
        OTEL_TRACES_SAMPLER_ARG: `endpoint=${otlp.url}/sampling,pollingIntervalMs=10,initialSamplingRate=0`,
      });
      otlp.close();
      assert.equal(otlp.asked > 0, asks, String(otlp.asked));
    });
  }
});

describe("the kit", () => {
  let folder: string;
  before(async () => {
    await built();
    folder = mkdtempSync(join(tmpdir(), "sightline-kit-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("never stops a service, whatever is wrong with it", async () => {
    const broken = join(folder, "loader.cjs");
    cpSync(loader, broken);
    writeFileSync(join(folder, "kit.cjs"), 'throw new Error("no kit today");');
    const { exitCode, stderr } = await run("script.cjs", {}, broken);
    assert.equal(exitCode, 3);
    assert.match(String(stderr), /^sightline: untraced: Error: no kit today/);
  });

  it("steps aside where it is told to, and where another agent is", async () => {
    const disabled = await run("script.cjs", { OTEL_SDK_DISABLED: "true" });
    assert.deepEqual([disabled.exitCode, disabled.stderr], [3, "sightline: untraced: OTEL_SDK_DISABLED is true"]);
  });

  it("records spans of a service whose API is of a later minor", async () => {
    const api = join(folder, "node_modules", "@opentelemetry", "api");
    cpSync(join(services, "node_modules", "@opentelemetry", "api"), api, { recursive: true });
    const file = join(api, "build", "src", "version.js");
    const text = readFileSync(file, "utf8");
    assert.match(text, /VERSION = '1\.9\.1'/);
    writeFileSync(file, text.replace("'1.9.1'", "'1.42.0'"));
    cpSync(join(services, "script.cjs"), join(folder, "script.cjs"));
    const otlp = await sink();
    await run(join(folder, "script.cjs"), { OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url });
    otlp.close();
    assert.deepEqual(
      otlp.spans.map(({ name }) => name),
      ["work"],
    );
  });

  it("is one file that fits a ConfigMap many times", () => {
    const file = join(dirname(loader), "kit.cjs");
    assert.ok(statSync(file).size <= 700 * 1024);
    assert.ok(gzipSync(readFileSync(file), { level: 9 }).length <= 220 * 1024);
  });
});
