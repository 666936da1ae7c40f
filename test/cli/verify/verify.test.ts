import assert from "node:assert/strict";
import { verify, type StepResult, type VerifyResult } from "../../../cli/verify";
import { services } from "../../../cli/verify/canary";
import { inWords } from "../../../cli/verify/report";
import { otlpSink } from "../../support/otlp-sink";
import { fakeStack, type FakeStack, type Faults } from "./fake-stack";

let stack: FakeStack;

/** One look at each place, so that a fault shows at once. */
async function run(faults: Faults = {}): Promise<VerifyResult> {
  stack = await fakeStack(faults);
  return verify(stack.targets, { timeout: 0, quiet: true });
}

const outcomes = ({ steps }: VerifyResult) => Object.fromEntries(steps.map(({ name, outcome }) => [name, outcome]));
const missing = ({ steps }: VerifyResult) =>
  steps.filter(({ outcome }) => outcome === "missing").map(({ name, saw }) => [name, saw]);
const named = ({ steps }: VerifyResult, name: string): StepResult => steps.find((step) => step.name === name)!;

describe("verify", () => {
  afterEach(() => stack.close());

  it("finds a canary in every place of a stack that works", async () => {
    const result = await run();
    assert.equal(result.ok, true);
    assert.deepEqual(
      result.steps.map(({ name, outcome, saw }) => [name, outcome, saw]),
      [
        ["send", "found", "5 spans, a log line and a metric were accepted"],
        ["trace", "found", "5 spans of 3 services, each under its parent"],
        [
          "span-metrics",
          "found",
          "new calls: sightline-canary-shop, sightline-canary-orders, sightline-canary-payments",
        ],
        ["exemplar", "found", "exemplars of this trace: 1"],
        [
          "service-graph",
          "found",
          "new requests: sightline-canary-shop → sightline-canary-orders, sightline-canary-orders → sightline-canary-payments",
        ],
        ["metric", "found", named(result, "metric").saw],
        ["log", "found", "the line of sightline-canary-payments, with trace and span id"],
        ["sampling", "found", "services sample 10 %"],
        ["grafana", "found", "Grafana 13.2.3, database ok"],
        ["grafana-prometheus", "found", named(result, "metric").saw],
        ["grafana-jaeger", "found", "5 spans of 3 services, each under its parent"],
        ["grafana-logs", "found", "the line of sightline-canary-payments, with trace and span id"],
      ],
    );
    assert.match(named(result, "metric").saw, /^sightline_canary_sent_at \d{13}$/);
    assert.match(inWords(result), new RegExp(`^canary ${result.traceId} was found everywhere in [0-9.]+ s$`));
  });

  it("shows the token to the Collector with every signal", async () => {
    await run();
    assert.deepEqual(stack.authorizations, ["Bearer letmein", "Bearer letmein", "Bearer letmein"]);
  });

  it("asks the three data sources of Grafana by their uids, as the user it is given", async () => {
    await run();
    const paths = stack.asked.map(({ pathname }) => pathname).filter((path) => path.includes("/proxy/"));
    assert.deepEqual([...new Set(paths.map((path) => path.split("/")[5]))].sort(), ["jaeger", "logs", "prometheus"]);
  });

  it("stops after sending when the Collector refuses, and says what it answered", async () => {
    const result = await run({ otlp: () => ({ status: 401 }) });
    assert.deepEqual(outcomes(result), { send: "missing" });
    assert.equal(named(result, "send").saw, "traces, logs, metrics not accepted: 401 Unauthorized");
  });

  it("names the span that is not in Jaeger", async () => {
    const result = await run({ spans: (spans) => spans.slice(0, 4) });
    assert.deepEqual(missing(result), [
      ["trace", '4 of 5 spans: sightline-canary-payments "POST /payments" is there 0 times'],
      ["grafana-jaeger", '4 of 5 spans: sightline-canary-payments "POST /payments" is there 0 times'],
    ]);
  });

  it("names the span that hangs under a wrong parent", async () => {
    let ids: string[] = [];
    const result = await run({
      spans: (spans) => {
        ids = spans.map(({ spanId }) => spanId);
        return spans.map((span) => (span.name === "POST /orders" ? { ...span, parentSpanId: ids[0]! } : span));
      },
    });
    const saw = `5 of 5 spans: sightline-canary-orders "POST /orders" has parent ${ids[0]} instead of parent ${ids[1]}`;
    assert.deepEqual(missing(result)[0], ["trace", saw]);
  });

  it("names the span that came to another service", async () => {
    const result = await run({
      spans: (spans) => spans.map((span) => (span.name === "POST /orders" ? { ...span, service: "unknown" } : span)),
    });
    assert.deepEqual(missing(result)[0], [
      "trace",
      '5 of 5 spans: sightline-canary-orders "POST /orders" belongs to service "unknown"',
    ]);
  });

  it("names the span that is stored twice, and the one that nobody sent", async () => {
    const result = await run({
      spans: (s) => [...s, s[0]!, { ...s[0]!, service: "else", spanId: "00000000000000ff" }],
    });
    assert.deepEqual(missing(result)[0], [
      "trace",
      '7 of 5 spans: sightline-canary-shop "POST /checkout" is there 2 times; else "POST /checkout" was never sent',
    ]);
  });

  it("names the service without new calls, though it has old ones", async () => {
    const result = await run({ calls: services.slice(0, 2) });
    assert.deepEqual(missing(result), [["span-metrics", "no new calls: sightline-canary-payments"]]);
  });

  it("does not take the zero for calls with which a series begins", async () => {
    const zero = [110, "0"] as const;
    const counters = { before: [], seen: [zero, [115, "1"]], unseen: [zero] } as const;
    const result = await run({ calls: services.slice(0, 2), counters });
    assert.deepEqual(missing(result), [["span-metrics", "no new calls: sightline-canary-payments"]]);
  });

  it("finds calls in a series that was forgotten and began again at the same value", async () => {
    const series = [95, 100, 105].map((time) => [time, "1"] as const);
    assert.equal((await run({ counters: { before: series, seen: [[300, "1"]], unseen: [] } })).ok, true);
  });

  it("takes no exemplar of another trace", async () => {
    const result = await run({ exemplars: ["another", "third"] });
    assert.deepEqual(missing(result), [["exemplar", "exemplars: 2, none of this trace"]]);
  });

  it("names the edge that the service graph lacks", async () => {
    const result = await run({ edges: [["sightline-canary-shop", "sightline-canary-orders"]] });
    assert.deepEqual(missing(result), [
      ["service-graph", "no new requests: sightline-canary-orders → sightline-canary-payments"],
    ]);
  });

  it("takes no metric of another canary", async () => {
    const result = await run({ metric: 17 });
    const saw = "sightline_canary_sent_at: 1 samples, none of this canary";
    assert.deepEqual(missing(result), [
      ["metric", saw],
      ["grafana-prometheus", saw],
    ]);
  });

  it("gives the query of a log line that is missing", async () => {
    const result = await run({ logs: () => [] });
    const saw = `no line for {service.name="sightline-canary-payments"} trace_id:="${result.traceId}"`;
    assert.deepEqual(missing(result), [
      ["log", saw],
      ["grafana-logs", saw],
    ]);
  });

  it("takes no log line of another span", async () => {
    const result = await run({ logs: (logs) => logs.map((log) => ({ ...log, spanId: "00000000000000ff" })) });
    assert.match(named(result, "log").saw, /^a line with span id 00000000000000ff instead of [0-9a-f]{16}$/);
  });

  it("reads a rate limit as a sampling strategy too", async () => {
    const sampling = { strategyType: "RATE_LIMITING", rateLimitingSampling: { maxTracesPerSecond: 20 } };
    assert.equal(named(await run({ sampling }), "sampling").saw, "services sample 20 traces a second");
  });

  it("says of a backend that does not answer where it was asked", async () => {
    stack = await fakeStack();
    const gone = await otlpSink();
    await gone.close();
    const result = await verify(
      { ...stack.targets, logs: { kind: "victorialogs" as const, url: gone.url } },
      { timeout: 0, quiet: true },
    );
    assert.deepEqual(missing(result), [["log", `${gone.url}/select/logsql/query does not answer: ECONNREFUSED`]]);
    assert.equal(named(result, "log").reasons?.[0], "it does not run, or listens elsewhere");
  });

  it("says what is off and why, and is content without it", async () => {
    stack = await fakeStack();
    const { otlpHttp, jaeger, prometheus, logs, stores } = stack.targets;
    const grafana = { off: "no image grafana/grafana:13.2.3" };
    const result = await verify({ otlpHttp, jaeger, prometheus, logs, stores, grafana }, { timeout: 0, quiet: true });
    assert.equal(result.ok, true);
    assert.deepEqual(inWords(result).split("\n").slice(1), [
      "OFF: head sampling strategy: no address of remote sampling is known",
      "OFF: Grafana: no image grafana/grafana:13.2.3",
    ]);
  });

  it("prints where it stopped, what it saw, why that may be, and the figures of the Collector", async () => {
    const result = await run({
      exemplars: [],
      trouble: [
        { metric: { __name__: "otelcol_exporter_send_failed_spans_total", exporter: "otlp_grpc/jaeger" }, value: "5" },
      ],
    });
    const shown = inWords(result)
      .replace(/after [0-9.]+ s/, "after 0 s")
      .replace(/look at .*/, "look at");
    assert.equal(
      shown,
      [
        `canary ${result.traceId} was not found everywhere: 1 of 12 steps failed`,
        "missing: exemplar of the trace in Prometheus, after 0 s",
        "  saw      exemplars: 0, none of this trace",
        "  likely   exemplars are off in span_metrics",
        "  or       Prometheus has no exemplar storage",
        "  or       it waits in the Collector's queue, or its exporter fails: see the Collector's own figures and log",
        "  look at",
        "the Collector says:",
        '  otelcol_exporter_send_failed_spans_total{exporter="otlp_grpc/jaeger"} 5',
      ].join("\n"),
    );
  });
});
