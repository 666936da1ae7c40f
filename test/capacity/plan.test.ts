import assert from "node:assert/strict";
import { edgesFor, seriesFor } from "../../components/capacity/metrics";
import { capacityPlan } from "../../components/capacity/plan";
import type { Demand } from "../../components/capacity/demand";
import { Refusal } from "../../components/core/problems";

/**
 * Worked by hand: 8,640,000 requests ÷ 86,400 s = 100 requests/s, × 10 spans = 1,000 spans/s; twice that at peak is 200
 * traces/s and 2,000 spans/s, × 643 B = 1,286,000 B/s. Half of it is kept: 500 spans/s on average, 1,000 at peak.
 */
const demand: Demand = {
  requestsPerDay: 8_640_000,
  peakFactor: 2,
  spansPerRequest: 10,
  bytesPerSpan: 643,
  endpoints: 100,
  services: 40,
  keptShare: 0.5,
  retention: "2d",
  outage: "1h",
  nodes: 2,
};
const plan = capacityPlan(demand);
const hop = (name: string) => plan.hops.find((one) => one.name === name)!;
const backend = (wanted: string) => plan.backends.find(({ kind }) => kind === wanted)!;
const near = (value: number, expected: number) =>
  assert.ok(Math.abs(value / expected - 1) < 1e-5, `${value} is not ${expected}`);

describe("a capacity plan", () => {
  it("knows rates on average and at peak, before and after sampling", () => {
    assert.deepEqual(plan.average, { tracesPerSecond: 100, spansPerSecond: 1_000, keptSpansPerSecond: 500 });
    assert.deepEqual(plan.peak, { tracesPerSecond: 200, spansPerSecond: 2_000, keptSpansPerSecond: 1_000 });
    assert.deepEqual(
      plan.hops.map(({ name, bytesPerSecond }) => [name, bytesPerSecond]),
      [
        ["agent", 1_286_000],
        ["gateway", 1_286_000],
        ["sampler", 1_286_000],
        ["jaeger", 643_000],
      ],
    );
  });

  it("is the same from spans a second", () => {
    const { requestsPerDay, ...rest } = demand;
    assert.equal((requestsPerDay! / 86_400) * 10, 1_000);
    assert.deepEqual(capacityPlan({ ...rest, spansPerSecond: 1_000 }), plan);
  });

  it("takes CPU from the size of requests and of spans", () => {
    // 2,000 spans/s ÷ (40 services × 2 nodes) = 25 of each process, × 5 s = 125 in a request of an SDK.
    assert.equal(hop("agent").spansPerRequest, 125);
    // disk: a request (1/13,595 − 1/121,789) ÷ (1/5 − 1/512) = 329.950 µs, a span 1/121,789 − 329.950 µs ÷ 512 = 7.56649 µs.
    // 329.950 ÷ 125 + 7.56649 × 643 ÷ 292 = 19.3014 µs a span, × 2,000 = 0.0386028 CPUs.
    near(hop("agent").cpu, 0.0386028);
    // 0.0386028 ÷ 0.6 ÷ 2 nodes = 0.0322: a tenth is the least.
    assert.deepEqual([hop("agent").replicas, hop("agent").cpuEach], [2, 0.1]);
    // A batch of an agent: 2,000 ÷ 2 × 0.2 s = 200 spans; two samplers share it.
    assert.deepEqual([hop("gateway").spansPerRequest, hop("sampler").spansPerRequest], [200, 100]);
  });

  it("lets one of several processes be away", () => {
    assert.deepEqual([hop("gateway").replicas, hop("sampler").replicas], [2, 2]);
    assert.equal(hop("sampler").tracesPerSecondEach, 200);
  });

  it("holds an outage in queues, and names disks four times as large", () => {
    // 1,286,000 B/s × 3,600 s = 4,629,600,000 B, ÷ 2 agents; kept ones 2,314,800,000 B in the one sampler that is left.
    assert.deepEqual([hop("agent").queueEach, hop("agent").diskEach], [2_314_800_000, 9_259_200_000]);
    assert.deepEqual([hop("sampler").queueEach, hop("sampler").diskEach], [2_314_800_000, 9_259_200_000]);
    assert.equal(hop("gateway").diskEach, undefined);
  });

  it("gives samplers memory for traces that wait", () => {
    // 1,286,000 × 30 s × 3 = 115,740,000; with 262,144,000 = 377,884,000, ÷ 0.6 = 629,806,667: 10 × 64 MiB.
    assert.equal(hop("sampler").memoryEach, 10 * 64 * 1024 ** 2);
    // 262,144,000 ÷ 0.6 = 436,906,667: 7 × 64 MiB.
    assert.equal(hop("gateway").memoryEach, 7 * 64 * 1024 ** 2);
  });

  it("fills indices of a day and keeps one day more", () => {
    // 500 spans/s × (11 + 2) × 36 B × 86,400 = 20.2176 GB a day and copy, below 40 GiB; (2 + 1) days × 2 copies = 121.3056 GB.
    const { diskEach, held, nodes, shards, writtenPerMonth } = backend("opensearch");
    assert.deepEqual([held, writtenPerMonth, nodes], [121_305_600_000, 1_213_056_000_000, 3]);
    // 121.3056 GB ÷ 0.85 ÷ 3
    assert.equal(diskEach, 47_570_823_530);
    assert.deepEqual([shards!.primariesPerDay, shards!.total], [1, 6]);
  });

  it("knows copies and room of the other backends", () => {
    // 500 × (11 + 2) × 65 B × 86,400 × 2 days × 3 copies = 219.024 GB, ÷ 0.5; 1,000 spans/s at peak × 3 copies
    // × (11 + 6) rows ÷ 12,000 ÷ 0.6 = 7.1 CPUs: 3 nodes of 3.
    const { nodes, cpuEach, diskEach } = backend("cassandra");
    assert.deepEqual([nodes, cpuEach, diskEach], [3, 3, 146_016_000_000]);
    // 1,000 × 2 copies ÷ 1,700 ÷ 0.6 = 2 CPUs on three nodes.
    assert.equal(backend("opensearch").cpuEach, 1);
    // 500 × 643 B × 0.175 × 86,400 × 3 days × 2 copies = 29.16648 GB, ÷ 0.85 ÷ 2 nodes
    assert.equal(backend("clickhouse").diskEach, 17_156_752_942);
    // 500 × 643 B × 1.83 × 86,400 × 2 days = 101.666016 GB, ÷ 0.8
    assert.equal(backend("badger").diskEach, 127_082_520_000);
  });

  it("plans a published Cassandra with about as many nodes, and says how sure it is", () => {
    // jaegertracing/documentation#210: 14 nodes. 40,000 × 3 copies × 17 rows ÷ 12,000 ÷ 0.6 ÷ 16 CPUs = 17.7
    const published = { spansPerSecond: 40_000, peakFactor: 1, retention: "2d", endpoints: 1_000 } as const;
    const { nodes, cpuEach, reasons } = capacityPlan(published).backends.find(({ kind }) => kind === "cassandra")!;
    assert.deepEqual([nodes, cpuEach], [18, 16]);
    assert.ok(Math.abs(nodes / 14 - 1) <= 0.4);
    // Its data alone asks for 16 nodes of 1 TiB: 40,000 × 13 × 65 B × 2 days × 3 copies = 17.5 TB.
    assert.equal(
      reasons.find((reason) => reason.startsWith("each attribute")),
      "each attribute is a row, and a span 17: 16 to 24 nodes, as a CPU takes 21,200 to 9,200 rows/s",
    );
  });

  it("calls Cassandra too small only where the best that was measured is too little", () => {
    const cassandra = (spansPerSecond: number) =>
      capacityPlan({ spansPerSecond, peakFactor: 1, retention: "1h", endpoints: 1_000 }).backends.find(
        ({ kind }) => kind === "cassandra",
      )!;
    // × 3 × 17 ÷ 0.6 ÷ 16 CPUs: 1,000 nodes take 2.26M spans/s at 12,000 rows/s a CPU, and 3.99M at 21,200.
    assert.deepEqual(
      [2.2e6, 3.9e6, 4.1e6].map((rate) => cassandra(rate).suits),
      [true, true, false],
    );
    assert.deepEqual(
      [2.2e6, 3.9e6].map((rate) => cassandra(rate).nodes),
      [974, 1727],
    );
  });

  it("says which backends suit, and why not", () => {
    const suiting = (wanted: Demand) =>
      capacityPlan(wanted).backends.flatMap(({ kind, suits }) => (suits ? [kind] : []));
    assert.deepEqual(suiting(demand), ["badger", "cassandra", "elasticsearch", "opensearch"]);
    // 3 × 1,000 kept spans/s at peak are the most for Badger.
    assert.deepEqual(suiting({ ...demand, requestsPerDay: 3 * 8_640_000 })[0], "badger");
    assert.deepEqual(suiting({ ...demand, requestsPerDay: 3.01 * 8_640_000 })[0], "cassandra");
    // 10,000 times as much: 404 TB a day in indices.
    assert.deepEqual(suiting({ ...demand, requestsPerDay: 8_640_000e4 }), []);
  });

  it("counts series of every gateway and sampler", () => {
    // 100 endpoints × 2 names × 2 statuses × 18 × 2 gateways; 40 services × 2 calls × 36 × 2 samplers
    assert.deepEqual([plan.metrics.spanSeries, plan.metrics.graphSeries], [14_400, 5_760]);
    // 40 services × 200
    assert.equal(plan.metrics.ownSeries, 8_000);
    // 20,160 ÷ 15 s + 8,000 ÷ 60 s = 1,477.33 samples/s × 2 B × 15 days
    near(plan.metrics.samplesPerSecond, 1_477.33);
    assert.equal(plan.metrics.disk, 3_829_248_000);
  });

  it("says how many series and edges fit into the memory of Prometheus, which are as many as are planned or more", () => {
    const { spanSeries, graphSeries, ownSeries, room, edgeRoom, memory } = plan.metrics;
    // (262,144,000 + 28,160 × 11,811) ÷ 0.6 = 991,238,000: 15 × 64 MiB, of which 0.6, without 68 MiB, ÷ 4,140; a quarter ÷ 36.
    assert.deepEqual([memory, room, edgeRoom], [15 * 64 * 1024 ** 2, 128_665, 893]);
    assert.ok(room >= spanSeries + graphSeries + ownSeries);
    assert.deepEqual([seriesFor("1 GiB"), edgesFor("1 GiB"), seriesFor("64 MiB")], [138_391, 961, 0]);
  });

  it("keeps logs, whatever is sampled", () => {
    // 100 requests/s × 5 lines × 300 B = 150,000 B/s = 12.96 GB a day; × 0.25 × 7 days
    assert.deepEqual(plan.logs, { bytesPerSecond: 150_000, disk: 22_680_000_000, singleProcess: true });
    assert.equal(capacityPlan({ ...demand, requestsPerDay: 2 * 8_640_000 }).logs.singleProcess, false);
  });

  it("is refused with everything that is wrong", () => {
    assert.throws(
      () =>
        capacityPlan({
          peakFactor: 0.5,
          spansPerRequest: NaN,
          endpoints: 10,
          services: 11,
          keptShare: 0,
          retention: "0d",
        }),
      new Refusal("demand", [
        { path: "spansPerRequest", value: NaN, reason: "must be a number above 0", remedy: "write as 1000000" },
        { path: "keptShare", value: 0, reason: "must be a share above 0, up to 1", remedy: "write 0.1 for one in ten" },
        {
          path: "peakFactor",
          value: 0.5,
          reason: "must be at least 1: a peak is no less than the average",
          remedy: "write as 3",
        },
        {
          path: "retention",
          value: "0d",
          reason: "must be a duration above 0",
          remedy: 'write as "30s", "72h" or "7d"',
        },
        { path: "requestsPerDay", reason: "no rate is given", remedy: "give requests per day or spans per second" },
        {
          path: "services",
          value: 11,
          reason: "more than endpoints (10)",
          remedy: "count at least one endpoint for each service",
        },
      ]),
    );
  });
});
