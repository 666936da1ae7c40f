import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { sink, type Sink } from "../nodejs/sink";

const folder = mkdtempSync(join(tmpdir(), "sightline-go-"));
const binary = join(folder, "service");

/** Starts the service, and waits for its first line, which names its port. */
async function started(env: Readonly<Record<string, string>>) {
  const process = execa(binary, { env, extendEnv: false, reject: false, timeout: 30_000, killSignal: "SIGKILL" });
  const lines: Record<string, unknown>[] = [];
  let text = "";
  await new Promise<void>((resolve, reject) => {
    process.stdout.on("data", (chunk) => {
      const whole = (text += String(chunk)).split("\n");
      text = whole.pop()!;
      lines.push(...whole.map((line) => JSON.parse(line) as Record<string, unknown>));
      if (lines.some(({ port }) => port !== undefined)) resolve();
    });
    void process.then(({ stderr }) => reject(new Error(`ended without a word: ${stderr}`)));
  });
  // Nothing is said before it: what the SDK does not know is the kit's to read.
  const port = Number(lines[0]!["port"]);
  const ask = async (path: string, headers = {}) =>
    (await fetch(`http://127.0.0.1:${port}${path}`, { headers })).text();
  const end = async () => {
    process.kill("SIGTERM");
    return process;
  };
  return { ask, end, lines };
}

describe("a Go service with the kit", function () {
  this.timeout(1_200_000);
  let otlp: Sink;
  before(() => execa("go", ["build", "-trimpath", "-o", binary, "."], { cwd: join(__dirname, "service") }));
  after(() => rmSync(folder, { recursive: true }));
  beforeEach(async () => (otlp = await sink()));
  afterEach(() => otlp.close());

  const env = (more: Readonly<Record<string, string>> = {}) => ({
    OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
    OTEL_SERVICE_NAME: "orders",
    OTEL_RESOURCE_ATTRIBUTES: "service.namespace=shop,deployment.environment.name=a%20test",
    // Nothing is sent but at the end.
    OTEL_BSP_SCHEDULE_DELAY: "60000",
    ...more,
  });

  it("is one trace from request to request, with routes and ids in its log lines, and without probes", async () => {
    const { ask, end, lines } = await started(env());
    assert.equal(await ask("/orders/17"), "leaf\n");
    assert.equal(await ask("/healthz"), "ok\n");
    const { exitCode } = await end();
    assert.equal(exitCode, 0);
    const by = (name: string, kind: string) => otlp.spans.find((span) => span.name === name && span.kind === kind)!;
    const [order, price, call, leaf] = [
      by("GET /orders/{id}", "SERVER"),
      by("price basket", "INTERNAL"),
      by("HTTP GET", "CLIENT"),
      by("GET /leaf", "SERVER"),
    ];
    assert.equal(otlp.spans.length, 5, JSON.stringify(otlp.spans.map(({ name, kind }) => `${kind} ${name}`)));
    assert.deepEqual(
      [price.parentSpanId, call.parentSpanId, leaf.parentSpanId],
      [order.spanId, price.spanId, call.spanId],
    );
    assert.equal(order.attributes["http.route"], "/orders/{id}");
    assert.deepEqual(
      ["service.name", "service.namespace", "deployment.environment.name"].map((key) => leaf.resource[key]),
      ["orders", "shop", "a test"],
    );
    assert.deepEqual(
      Object.keys(leaf.resource).filter((key) => key.startsWith("process.command") || key === "process.owner"),
      [],
    );
    const line = lines.find(({ msg }) => msg === "leaf");
    assert.deepEqual([line?.["trace_id"], line?.["span_id"], line?.["trace_flags"]], [leaf.traceId, leaf.spanId, "01"]);
    assert.ok(otlp.metrics.includes("http.server.request.duration"));
    assert.ok(otlp.metrics.includes("go.goroutine.count"));
    // What ended after the signal was sent too.
    assert.ok(by("close the till", "INTERNAL"));
  });

  it("ends within two seconds where nobody answers", async () => {
    const silent = createServer();
    await new Promise<void>((listening) => silent.listen(0, "127.0.0.1", listening));
    const { port } = silent.address() as { port: number };
    const { ask, end } = await started(env({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` }));
    await ask("/leaf");
    assert.equal((await end()).exitCode, 0);
    silent.close();
  });

  it("follows strategies that it asks for", async () => {
    otlp.strategies = { strategyType: "PROBABILISTIC", probabilisticSampling: { samplingRate: 1 } };
    const { ask, end } = await started(
      env({
        OTEL_BSP_SCHEDULE_DELAY: "50",
        OTEL_TRACES_SAMPLER: "parentbased_jaeger_remote",
        OTEL_TRACES_SAMPLER_ARG: `endpoint=${otlp.url}/sampling,pollingIntervalMs=100,initialSamplingRate=0`,
      }),
    );
    for (let i = 0; i < 500 && otlp.spans.length === 0; i++) await ask("/leaf");
    await end();
    assert.equal(otlp.spans[0]?.name, "GET /leaf");
  });

  it("keeps the decision of whoever began a trace", async () => {
    const { ask, end } = await started(env({ OTEL_TRACES_SAMPLER: "always_off" }));
    const traceparent = (flags: string) => `00-${"ab".repeat(16)}-${"cd".repeat(8)}-${flags}`;
    await ask("/leaf");
    await ask("/leaf", { traceparent: traceparent("00") });
    await ask("/leaf", { traceparent: traceparent("01") });
    await end();
    assert.deepEqual(
      otlp.spans.map(({ name, traceId, parentSpanId }) => [name, traceId, parentSpanId]),
      [["GET /leaf", "ab".repeat(16), "cd".repeat(8)]],
    );
  });

  it("writes lines as ever where it has no logger of its own", async () => {
    const { ask, end } = await started(env({ LINES: "plain" }));
    assert.equal(await ask("/leaf"), "leaf\n");
    assert.match((await end()).stderr, /^\d{4}\/\d\d\/\d\d \S+ INFO leaf$/m);
    assert.deepEqual(otlp.spans.map(({ name }) => name).sort(), ["GET /leaf", "close the till"]);
  });

  it("is left alone where it is told to be", async () => {
    const { ask, end } = await started(env({ OTEL_SDK_DISABLED: "true" }));
    assert.equal(await ask("/orders/1"), "leaf\n");
    assert.deepEqual([(await end()).stderr, otlp.spans, otlp.metrics], ["", [], []]);
  });
});
