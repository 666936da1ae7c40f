import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { budgets } from "../../components/collector/budgets";
import { originalName } from "../../components/collector/processors/identifiers";
import { otherNames } from "../../components/collector/processors/overflowing";
import { load, type LoadResult } from "../support/load";
import { field, nestedList, otlpRequest, type WrittenSpan } from "../support/otlp-request";
import { otlpSink, type Sink } from "../support/otlp-sink";
import { temporaryFolder } from "./folder";
import { freePorts } from "./jaeger-process";
import { limitedCollector, type LimitedCollector } from "./limited-collector";
import { obtain } from "./obtain";
import { startPrometheus, type PrometheusProcess } from "./prometheus-process";

const spansPerRequest = 500;
const span = (name: string, more: Partial<WrittenSpan> = {}): WrittenSpan => ({
  name,
  traceId: randomBytes(16),
  spanId: randomBytes(8),
  ...more,
});

/** A word without digits, another one for each number. */
function word(n: number): string {
  const syllable = (i: number): string => "bcdfghjklmnprstvw"[i % 17]! + "aeiou"[Math.floor(i / 17) % 5]!;
  return (n >= 85 ? word(Math.floor(n / 85)) : "") + syllable(n % 85);
}

/** Sends so many spans, four requests at once, each until it is taken. */
async function flood(url: string, spans: number, make: (n: number) => WrittenSpan, service: string): Promise<void> {
  let next = 0;
  const sender = async (): Promise<void> => {
    while (next < spans) {
      const first = next;
      next += spansPerRequest;
      const body = otlpRequest(
        service,
        Array.from({ length: Math.min(spansPerRequest, spans - first) }, (_, i) => make(first + i)),
      );
      while (!(await taken(url, body))) await wait(500);
    }
  };
  await Promise.all([1, 2, 3, 4].map(sender));
}

const taken = async (url: string, body: Buffer): Promise<boolean> => {
  const headers = { "content-type": "application/x-protobuf" };
  const { status } = await fetch(`${url}/v1/traces`, { method: "POST", headers, body: new Uint8Array(body) });
  return status === 200;
};

/** Asks until an answer is right, or for so many seconds. */
async function eventually<T>(seconds: number, ask: () => Promise<T>, right: (answer: T) => boolean): Promise<T> {
  for (const deadline = Date.now() + seconds * 1_000; ; await wait(1_000)) {
    const answer = await ask();
    if (right(answer) || Date.now() > deadline) return answer;
  }
}

const missing = async ({ acknowledged }: LoadResult, { spans }: Sink): Promise<number> => {
  const ids = [...acknowledged.values()].flat();
  return eventually(
    60,
    async () => {
      const there = new Set(spans.map(({ spanId }) => spanId));
      return ids.filter((id) => !there.has(id)).length;
    },
    (lost) => lost === 0,
  );
};

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
    assert.equal(await missing(others, jaeger), 0);
    const counted = await eventually(
      60,
      () => calls("service_name", 'service_name=~"load-.*"'),
      (found) => found["load-shop"] === 800,
    );
    assert.deepEqual(counted, { "load-shop": 800, "load-orders": 800, "load-payments": 400 });
  });

  it("takes no more memory than a container has, and no restart", async () => {
    const peak = collector.peakMebibytes();
    console.log(`      ${Math.round(peak)} MiB of ${collector.limit} at most`);
    assert.ok(peak < collector.limit, String(peak));
    assert.match(await collector.scrape(), /otelcol_receiver_accepted_spans_total\{.*\} 222000$/m);
  });
});

describe("one trace of 200,000 spans, against a Collector that samples", () => {
  const folder = temporaryFolder();
  let jaeger: Sink;
  let collector: LimitedCollector;
  before("what is not built yet is built", async function () {
    this.timeout(0);
    const { "otelcol-contrib": binary } = await obtain("otelcol-contrib");
    jaeger = await otlpSink();
    const port = Number(new URL(jaeger.url).port);
    const raw = {
      tailSampling: { errors: true },
      sampler: { decisionWait: "2s" },
      memory: { collector: "512 MiB" },
    };
    collector = await limitedCollector(binary, folder, { jaeger: port, prometheus: port }, raw);
  });
  after(() => Promise.all([collector.stop(), jaeger.close()]));

  it("is dropped and counted, and takes no other trace with it", async () => {
    const traceId = randomBytes(16);
    const attributes = { text: "x".repeat(300) };
    const [others] = await Promise.all([
      load({ url: collector.url, seconds: 10, spansPerSecond: 100, failed: true }),
      flood(collector.url, 200_000, () => span("step", { traceId, failed: true, attributes }), "giant"),
    ]);
    assert.equal(await missing(others, jaeger), 0);
    assert.equal(others.acknowledgedSpans, 1_000);
    assert.equal(jaeger.spans.filter(({ service }) => service === "giant").length, 0);
    assert.match(await collector.scrape(), /traces_dropped_too_large_total(\{.*\})? 1$/m);
    const peak = collector.peakMebibytes();
    console.log(`      ${Math.round(peak)} MiB of ${collector.limit} at most`);
    assert.ok(peak < collector.limit, String(peak));
  });
});

describe("a list of 60,000 levels, against the Collector of a dev stack", () => {
  const folder = temporaryFolder();
  let jaeger: Sink;
  let collector: LimitedCollector;
  before("what is not built yet is built", async function () {
    this.timeout(0);
    const { "otelcol-contrib": binary } = await obtain("otelcol-contrib");
    jaeger = await otlpSink();
    const port = Number(new URL(jaeger.url).port);
    collector = await limitedCollector(binary, folder, { jaeger: port, prometheus: port });
  });
  after(() => Promise.all([collector.stop(), jaeger.close()]));

  it("is taken and arrives as texts", async () => {
    const list = field(9, field(1, Buffer.from("deep")), field(2, nestedList(60_000)));
    assert.equal(await taken(collector.url, otlpRequest("deep", [span("step", { more: [list] })])), true);
    const [arrived] = await eventually(
      60,
      async () => jaeger.spans.filter(({ service }) => service === "deep"),
      ({ length }) => length > 0,
    );
    const deep = Object.entries(arrived?.texts ?? {}).filter(([key]) => key.startsWith("deep."));
    assert.deepEqual(
      deep.map(([key, text]) => [key.length < 100, text.length > 1_000 && text.length <= 64_000]),
      [[true, true]],
    );
    const peak = collector.peakMebibytes();
    console.log(`      ${Math.round(peak)} MiB of ${collector.limit} at most`);
    assert.ok(peak < collector.limit, String(peak));
  });
});
