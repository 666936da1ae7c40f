import assert from "node:assert/strict";
import { learn } from "../../cli/sampling/learn";
import { profileProblems, routeKey, type Profile } from "../../components/sampling/budget";
import { load } from "../support/load";
import { otlpSink, type Sink } from "../support/otlp-sink";
import { temporaryFolder } from "./folder";
import { freePorts } from "./jaeger-process";
import { limitedCollector, type LimitedCollector } from "./limited-collector";
import { obtain } from "./obtain";
import { startPrometheus, type PrometheusProcess } from "./prometheus-process";

describe("a profile that is learnt from a real Prometheus", () => {
  const folder = temporaryFolder();
  let [sink, collector, prometheus] = [] as unknown as [Sink, LimitedCollector, PrometheusProcess];
  let profile: Profile;

  before("what is not built yet is built", async function () {
    this.timeout(0);
    const binaries = await obtain("otelcol-contrib", "prometheus");
    const port = (await freePorts(new Set([9090]))).get(9090)!;
    sink = await otlpSink();
    const to = { jaeger: Number(new URL(sink.url).port), prometheus: port };
    collector = await limitedCollector(binaries["otelcol-contrib"], folder, to);
    prometheus = await startPrometheus(binaries.prometheus, `${folder}/prometheus`, port, () => collector.metrics);
    // A quarter of the traces fails. Rates are of the last minute, in which both go on.
    await Promise.all([
      load({ url: collector.url, seconds: 85, spansPerSecond: 150 }),
      load({ url: collector.url, seconds: 85, spansPerSecond: 50, failed: true }),
    ]);
    profile = await learn({ prometheus: { url: `http://127.0.0.1:${port}` } }, "1m", new Date());
  });
  after(() => Promise.all([collector.stop(), prometheus.stop(), sink.close()]));

  it("has the route that requests enter by, and none of those behind it", () => {
    assert.deepEqual(profile.routes.map(routeKey), ["load-shop /checkout"]);
    assert.deepEqual(profileProblems(profile), []);
  });

  it("has its traces a second, spans of a trace, and share of failures", () => {
    const [{ tracesPerSecond, spansPerTrace, errorShare, medianMs, p99Ms }] = profile.routes as [
      Profile["routes"][number],
    ];
    console.log(
      `      ${tracesPerSecond} traces/s of 40, ${spansPerTrace} spans of 5, ${errorShare} failed of 0.25, ${medianMs} and ${p99Ms} ms`,
    );
    const near = (value: number, expected: number): boolean => Math.abs(value - expected) <= expected * 0.1;
    assert.ok(near(tracesPerSecond, 40) && near(spansPerTrace, 5) && near(errorShare, 0.25));
    assert.ok(medianMs > 0 && p99Ms >= medianMs);
  });
});
