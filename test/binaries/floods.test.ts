import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { budgets } from "../../components/collector/budgets";
import { originalName } from "../../components/collector/processors/identifiers";
import { otherNames } from "../../components/collector/processors/overflowing";
import { eventually, flood, missing, span, taken, word } from "../support/flood";
import { load, type LoadResult } from "../support/load";
import { field, nestedList, otlpRequest } from "../support/otlp-request";
import { otlpSink, type Sink } from "../support/otlp-sink";
import { temporaryFolder } from "./folder";
import { freePorts } from "./jaeger-process";
import { limitedCollector, type LimitedCollector } from "./limited-collector";
import { obtain } from "./obtain";
import { startPrometheus, type PrometheusProcess } from "./prometheus-process";

/** A Collector of a dev stack whose next hop, for all signals, is a sink. */
function beforeSink(settings: Readonly<Record<string, unknown>> = {}): {
  readonly sink: Sink;
  readonly collector: LimitedCollector;
} {
  const folder = temporaryFolder();
  const running = {} as { sink: Sink; collector: LimitedCollector };
  before("what is not built yet is built", async function () {
    this.timeout(0);
    const { "otelcol-contrib": binary } = await obtain("otelcol-contrib");
    running.sink = await otlpSink();
    const port = Number(new URL(running.sink.url).port);
    running.collector = await limitedCollector(binary, folder, { jaeger: port, prometheus: port }, settings);
  });
  after(() => Promise.all([running.collector.stop(), running.sink.close()]));
  return running;
}

function keepsToItsMemory(collector: LimitedCollector): void {
  const peak = collector.peakMebibytes();
  console.log(`      ${Math.round(peak)} MiB of ${collector.limit} at most`);
  assert.ok(peak < collector.limit, String(peak));
}

describe("a flood of span names, against the Collector of a dev stack", () => {
  const folder = temporaryFolder();
  const { seriesPerService } = budgets("512 MiB");
  const names = 200_000;
  const numbered = 20_000;
  let jaeger: Sink;
  let collector: LimitedCollector;
  let prometheus: PrometheusProcess;
  let others: LoadResult;

  before("what is not built yet is built", async function () {
    this.timeout(0);
    const binaries = await obtain("otelcol-contrib", "prometheus");
    const port = (await freePorts(new Set([9090]))).get(9090)!;
    jaeger = await otlpSink();
    const to = { jaeger: Number(new URL(jaeger.url).port), prometheus: port };
    collector = await limitedCollector(binaries["otelcol-contrib"], folder, to);
    prometheus = await startPrometheus(binaries.prometheus, `${folder}/prometheus`, port, () => collector.metrics);
    [others] = await Promise.all([
      load({ url: collector.url, seconds: 20, spansPerSecond: 100 }),
      flood(collector.url, names, (n) => span(`GET /user/${word(n)}`), "flood"),
      flood(collector.url, numbered, (n) => span(`GET /user/${n}`), "numbered"),
    ]);
  });
  after(() => Promise.all([collector.stop(), prometheus.stop(), jaeger.close()]));

  const calls = (by: string, where: string) =>
    prometheus.values(`sum by (${by}) (traces_span_metrics_calls_total{${where}})`, by);

  it("names the service and one of its names in an alert", async () => {
    const alert = await eventually(
      120,
      async () => (await prometheus.firing()).find(({ labels }) => labels["alertname"] === "SpanNamesTooMany"),
      (found) => found !== undefined,
    );
    assert.equal(alert?.labels["service_name"], "flood");
    const [, named] = /One of its names is "(.*?)"/.exec(alert.annotations["description"] ?? "") ?? [];
    assert.match(named ?? "", /^GET \/user\/[a-z]+$/);
  });

  it("is counted to the span: as many names as there is room for, and all others together", async () => {
    const all = await eventually(
      60,
      () => calls("service_name", ""),
      ({ flood }) => flood === names,
    );
    assert.deepEqual([all["flood"], all["numbered"]], [names, numbered]);
    const byName = await calls("span_name", 'service_name="flood"');
    assert.equal(Object.keys(byName).length, seriesPerService + 1);
    assert.equal(byName[otherNames], names - seriesPerService);
  });

  it("has one name where names differ by an identifier alone, and spans that keep theirs", async () => {
    assert.deepEqual(await calls("span_name", 'service_name="numbered"'), { "GET /user/{id}": numbered });
    const stored = await eventually(
      60,
      async () => jaeger.spans.filter(({ service }) => service === "numbered"),
      ({ length }) => length >= numbered,
    );
    assert.deepEqual(new Set(stored.map(({ name }) => name)), new Set(["GET /user/{id}"]));
    assert.equal(new Set(stored.map(({ texts }) => texts[originalName])).size, numbered);
  });

  it("leaves spans of other services and their counts as they are", async () => {
    assert.equal(others.acknowledgedSpans, 2_000);
    assert.equal(await missing(others, () => jaeger.spans), 0);
    const counted = await eventually(
      60,
      () => calls("service_name", 'service_name=~"load-.*"'),
      (found) => found["load-shop"] === 800,
    );
    assert.deepEqual(counted, { "load-shop": 800, "load-orders": 800, "load-payments": 400 });
  });

  it("takes no more memory than a container has, and no restart", async () => {
    keepsToItsMemory(collector);
    assert.match(await collector.scrape(), /otelcol_receiver_accepted_spans_total\{.*\} 222000$/m);
  });
});

describe("one trace of 200,000 spans, against a Collector that samples", () => {
  const running = beforeSink({
    tailSampling: { errors: true },
    // Longer than all of it takes to come, on a busy machine too: a trace that is decided before it is too large is kept.
    sampler: { decisionWait: "6s" },
    memory: { collector: "512 MiB" },
  });

  it("is dropped and counted, and takes no other trace with it", async () => {
    const { sink, collector } = running;
    const traceId = randomBytes(16);
    const attributes = { text: "x".repeat(300) };
    const [others] = await Promise.all([
      load({ url: collector.url, seconds: 10, spansPerSecond: 100, failed: true }),
      flood(collector.url, 200_000, () => span("step", { traceId, failed: true, attributes }), "giant"),
    ]);
    assert.equal(await missing(others, () => sink.spans), 0);
    assert.equal(others.acknowledgedSpans, 1_000);
    assert.equal(sink.spans.filter(({ service }) => service === "giant").length, 0);
    assert.match(await collector.scrape(), /traces_dropped_too_large_total(\{.*\})? 1$/m);
    keepsToItsMemory(collector);
  });
});

describe("a list of 60,000 levels, against the Collector of a dev stack", () => {
  const running = beforeSink();
  const list = (attributes: number): Buffer =>
    field(attributes, field(1, Buffer.from("deep")), field(2, nestedList(60_000)));

  it("is taken in a span and arrives as texts", async () => {
    const { sink, collector } = running;
    assert.equal(await taken(collector.url, otlpRequest("deep", [span("step", { more: [list(9)] })])), true);
    const [arrived] = await eventually(
      60,
      async () => sink.spans.filter(({ service }) => service === "deep"),
      ({ length }) => length > 0,
    );
    const deep = Object.entries(arrived?.texts ?? {}).filter(([key]) => key.startsWith("deep."));
    assert.deepEqual(
      deep.map(([key, text]) => [key.length < 100, text.length > 1_000 && text.length <= 64_000]),
      [[true, true]],
    );
    keepsToItsMemory(collector);
  });

  it("is taken beside a log line, which arrives", async () => {
    const { sink, collector } = running;
    const body = field(5, field(1, Buffer.from("deep line")));
    assert.equal(await taken(collector.url, field(1, field(2, field(2, body, list(6)))), "logs"), true);
    const lines = await eventually(
      60,
      async () => sink.logs.filter(({ body }) => body === "deep line"),
      ({ length }) => length > 0,
    );
    assert.equal(lines.length, 1);
    keepsToItsMemory(collector);
  });
});
