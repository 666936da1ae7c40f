import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { budgets, forgottenAfter } from "../../components/collector/budgets";
import { otherNames } from "../../components/collector/processors/overflowing";
import { goDuration } from "../../components/core/units";
import { rawSettings, settingsOfStack } from "../../configs/stack-file";
import { eventually, flood, missing, span, taken, word } from "../support/flood";
import { load, type LoadResult } from "../support/load";
import { field, nestedList, otlpRequest } from "../support/otlp-request";
import { startChain, type Chain } from "../support/roles";
import { temporaryFolder } from "./folder";
import { freePorts } from "./jaeger-process";
import { obtain } from "./obtain";
import { startPrometheus, type PrometheusProcess } from "./prometheus-process";

/** With `FULL_FLOODS=1` names are forgotten as late as in prod, after 4 minutes, and the alert is waited for until it is quiet. */
const full = process.env["FULL_FLOODS"] === "1";
const forgotten = full ? forgottenAfter : "1m";
const names = 200_000;
const namesOfOneTrace = 4;
/** A trace of some more than a 32nd of a sampler's memory, in requests that an agent takes. */
const giant = { spans: 10_000, bytes: 15_000 };
/** Until all that waits is decided and sent, in milliseconds. */
const decided = 120_000;

describe("floods, against agent, gateway and samplers in the sizes of prod", () => {
  const folder = temporaryFolder();
  const { memory } = settingsOfStack("prod");
  const { seriesPerService } = budgets(memory.gateway);
  let chain: Chain;
  let prometheus: PrometheusProcess;
  let others: LoadResult;
  let floodEnd: number;

  const arrived = () => chain.samplers.flatMap(({ spans }) => spans);
  const calls = (by: string, where: string) =>
    prometheus.values(`sum by (${by}) (traces_span_metrics_calls_total{${where}})`, by);
  /** Sum of a counter over both samplers. */
  const ofSamplers = async (counter: string): Promise<number> => {
    const scraped = await Promise.all([chain.scrape("sampler-0"), chain.scrape("sampler-1")]);
    const lines = scraped.flatMap((text) => [...text.matchAll(new RegExp(`^${counter}(?:{.*})? (\\d+)`, "gm"))]);
    return lines.reduce((sum, [, value]) => sum + Number(value), 0);
  };

  before("what is not built yet is built", async function () {
    this.timeout(0);
    const binaries = await obtain("otelcol-contrib", "prometheus");
    const port = (await freePorts(new Set([9090]))).get(9090)!;
    chain = await startChain(binaries["otelcol-contrib"], folder, rawSettings("prod"), {
      prometheus: port,
      config: (config) => config.replaceAll(`"${goDuration(forgottenAfter)}"`, `"${goDuration(forgotten)}"`),
    });
    prometheus = await startPrometheus(binaries.prometheus, `${folder}/prometheus`, port, () =>
      chain.metricsOf("gateway"),
    );
  });
  after(() => Promise.all([chain.close(), prometheus.stop()]));

  it("one trace of 150 MB is dropped and counted", async () => {
    const traceId = randomBytes(16);
    // A state of the trace, which nothing looks into: what it costs to look for secrets is not what is asked here.
    const state = field(3, Buffer.alloc(giant.bytes, "x"));
    const deep = field(9, field(1, Buffer.from("deep")), field(2, nestedList(60_000)));
    assert.ok(await taken(chain.url, otlpRequest("deep", [span("step", { failed: true, more: [deep] })])));
    await flood(chain.url, giant.spans, () => span("step", { traceId, failed: true, more: [state] }), "giant");
    const tooLarge = "otelcol_processor_tail_sampling_traces_dropped_too_large_total";
    assert.equal(await eventually(60, () => ofSamplers(tooLarge), Boolean), 1);
  });

  it("names of spans are told of by an alert within two minutes, which names the service and one of them", async () => {
    let traceId = randomBytes(16);
    const named = (n: number) => {
      if (n % namesOfOneTrace === 0) traceId = randomBytes(16);
      return span(`GET /user/${word(n)}`, { traceId });
    };
    [others] = await Promise.all([
      load({ url: chain.url, seconds: 20, spansPerSecond: 100, failed: true }),
      flood(chain.url, names, named, "flood"),
    ]);
    floodEnd = Date.now();
    const alert = await eventually(
      120,
      async () => (await prometheus.firing()).find(({ labels }) => labels["alertname"] === "SpanNamesTooMany"),
      (found) => found !== undefined,
    );
    assert.equal(alert?.labels["service_name"], "flood");
    assert.match(alert.annotations["description"] ?? "", /One of its names is "GET \/user\/[a-z]+"/);
  });

  it("they are counted to the span, as are those of other services", async () => {
    const wanted = { flood: names, "load-shop": 800, "load-orders": 800, "load-payments": 400 };
    const counted = await eventually(
      60,
      () => calls("service_name", 'service_name=~"flood|load-.*"'),
      (all) => Object.entries(wanted).every(([service, count]) => all[service] === count),
    );
    assert.deepEqual(counted, wanted);
    const byName = await calls("span_name", 'service_name="flood"');
    assert.equal(Object.keys(byName).length, seriesPerService + 1);
    assert.equal(byName[otherNames], names - seriesPerService);
  });

  it("spans of other services are all found, one of 60,000 levels too, and none of the giant's", async () => {
    assert.equal(others.acknowledgedSpans, 2_000);
    assert.equal(await missing(others, arrived, decided), 0);
    const services = arrived().map(({ service }) => service);
    assert.equal(services.filter((service) => service === "deep").length, 1);
    assert.equal(services.filter((service) => service === "giant").length, 0);
    const sent = 1 + giant.spans + names + others.acknowledgedSpans;
    assert.equal(await ofSamplers("otelcol_receiver_accepted_spans_total"), sent, "no span came twice");
  });

  it("no process is killed for more memory than its container has", () => {
    for (const name of ["agent", "gateway", "sampler-0", "sampler-1"] as const) {
      const { peak, limit } = chain.memory(name);
      console.log(`      ${name}: ${peak === undefined ? "not measured" : Math.round(peak)} of ${limit} MiB at most`);
      assert.ok(peak === undefined || peak <= limit, `${name}: ${peak}`);
    }
  });

  it("what nobody sends any more is forgotten, and there is room for new names", async () => {
    const sent = () =>
      prometheus.values(
        'count by (service_name) (count_over_time(traces_span_metrics_calls_total{service_name="flood"}[25s]))',
        "service_name",
      );
    const left = await eventually(360, sent, (found) => Object.keys(found).length === 0);
    assert.deepEqual(left, {});
    const fresh = Array.from({ length: 100 }, (_, n) => `PUT /cart/${word(n)}`);
    assert.ok(
      await taken(
        chain.url,
        otlpRequest(
          "flood",
          fresh.map((name) => span(name)),
        ),
      ),
    );
    // Each series begins with 0.
    const counted = async () => {
      const found = await calls("span_name", 'service_name="flood", span_name=~"PUT .*"');
      return Object.values(found).filter((count) => count === 1).length;
    };
    assert.equal(await eventually(60, counted, (count) => count === fresh.length), fresh.length);
  });

  it("the alert is quiet again five minutes after the last of them", async function () {
    if (!full) {
      console.log("      skipped: it takes five minutes; FULL_FLOODS=1 waits for it");
      return this.skip();
    }
    const quiet = await eventually(
      (floodEnd + 330_000 - Date.now()) / 1_000,
      () => prometheus.firing(),
      (firing) => firing.every(({ labels }) => labels["alertname"] !== "SpanNamesTooMany"),
    );
    console.log(`      ${Math.round((Date.now() - floodEnd) / 1_000)} s after the last of them`);
    assert.deepEqual(
      quiet.filter(({ labels }) => labels["alertname"] === "SpanNamesTooMany"),
      [],
    );
  });
});
