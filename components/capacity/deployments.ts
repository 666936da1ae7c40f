import { backends, cassandraNodes, documentBytes, heldAfter, onDisk } from "./backends";
import { cpuSecondsPerSpan, type Pipeline } from "./cpu";
import { complete } from "./demand";
import { seriesPerSpanName } from "./metrics";
import { figures } from "./figures";
import { shardsFor } from "./shards";

/** One published figure beside what the planner says from the same inputs. */
export interface Comparison {
  readonly who: string;
  readonly inputs: string;
  readonly unit: string;
  readonly published: number;
  readonly planned: number;
  /** What the planner says against what was published, less one. */
  readonly error: number;
  readonly remark: string;
}

const compare = (row: Omit<Comparison, "error">): Comparison => ({ ...row, error: row.planned / row.published - 1 });

const perCpu = (pipeline: Pipeline, spansPerRequest: number, bytesPerSpan: number): number =>
  1 / cpuSecondsPerSpan(pipeline, spansPerRequest, bytesPerSpan);
const withTailSampling = (spansPerSecond: number): number => spansPerSecond / figures.tailSamplingSlowdown.value;

const day = 86_400;

/** jaegertracing/documentation#210: 40,000 spans/s of about 500 bytes on 14 nodes, 350 GB on each, for two days. */
const cassandra = complete({
  spansPerSecond: 40_000,
  peakFactor: 1,
  bytesPerSpan: 500,
  retention: "2d",
  endpoints: 1_000,
});
/** Bytes that are all on disk, copies included, in GB. */
const cassandraHeld = heldAfter(cassandra, "cassandra", Infinity) / 1e9;

/** Every published deployment or benchmark whose inputs are enough to plan for. */
export const comparisons: readonly Comparison[] = [
  compare({
    who: "Collector 0.1.3, docs/performance.md (2019), OTLP",
    inputs: "1 CPU, 20 attributes (1 kB), requests taken as 100 spans",
    unit: "spans/s a CPU",
    published: 12_000,
    planned: perCpu("memory", 100, 1_000),
    remark: "a Collector and a CPU of 2019; size of requests not published",
  }),
  compare({
    who: "the same with tail sampling",
    inputs: "the same",
    unit: "spans/s a CPU",
    published: 9_000,
    planned: withTailSampling(perCpu("memory", 100, 1_000)),
    remark: "the slowdown itself is from this table",
  }),
  compare({
    who: "Splunk's distribution, Sizing and scaling",
    inputs: "spans taken as 643 B, requests as 100 spans",
    unit: "spans/s a CPU",
    published: 15_000,
    planned: perCpu("everything", 100, 643),
    remark: "a vendor's recommendation; sizes of spans and requests not published, so no proof",
  }),
  compare({
    who: "Dynatrace Collector, TestTrace100kSPS, gRPC",
    inputs: "10 attributes of 100 B (1.1 kB), requests of 100 spans",
    unit: "spans/s a CPU",
    published: 100_000 / 0.9,
    planned: perCpu("memory", 100, 1_100),
    remark: "a gate: at least so many; the pipeline only limits memory",
  }),
  compare({
    who: "Collector contrib, TestTrace10kSPS, OTLP",
    inputs: "small spans (292 B), requests of 100 spans",
    unit: "spans/s a CPU",
    published: 50_000,
    planned: perCpu("memory", 100, 292),
    remark: "a gate: at least so many; sizes taken as said",
  }),
  compare({
    who: "Collector contrib, TestTrace1kSPSWithAttrs",
    inputs: "20 attributes of 5 kB (100 kB), requests of 100 spans",
    unit: "CPUs for 1,000 spans/s",
    published: 2.5,
    planned: 1_000 / perCpu("memory", 100, 100_000),
    remark: "a gate: at most so many",
  }),
  compare({
    who: "Elasticsearch, jaeger#1475, a day's indices",
    inputs: "33.4e9 documents a day",
    unit: "TB a day and copy",
    published: 2,
    planned: (33.4e9 * documentBytes) / 1e12,
    remark: "of 2019: a document there took 60 bytes",
  }),
  compare({
    who: "Elasticsearch, jaeger#1475, shards",
    inputs: "2 TB a day and copy",
    unit: "primaries a day",
    published: 38,
    planned: shardsFor(2e12, 1, 1).primariesPerDay,
    remark: "theirs hold 53 GB each, above the range",
  }),
  compare({
    who: "Elasticsearch, helm-charts#339",
    inputs: "264.4e6 documents",
    unit: "GB a copy",
    published: 8.7,
    planned: (264.4e6 * documentBytes) / 1e9,
    remark: "33 bytes a document",
  }),
  compare({
    who: "Cassandra, jaegertracing/documentation#210 (2019)",
    inputs: "40,000 spans/s of 500 B, 2 days; 11 attributes, 3 copies and nodes of 16 CPUs as planned with",
    unit: "nodes",
    published: 14,
    planned: backends(cassandra).find(({ kind }) => kind === "cassandra")!.nodes,
    remark: `${cassandraNodes(cassandra, "most")} to ${cassandraNodes(cassandra, "least")} by their CPUs; attributes, copies and CPUs are not published`,
  }),
  compare({
    who: "the same, disk",
    inputs: "the same",
    unit: "GB, copies included",
    published: 14 * 350,
    planned: cassandraHeld,
    remark: "attributes and copies are not published: one copy with 11 attributes would be 5.8 TB",
  }),
  compare({
    who: "Scylla, Grafana Labs (2020)",
    inputs: "175,000 rows/s of Jaeger, copies included, on about 20 cores",
    unit: "rows/s a CPU",
    published: 175_000 / 20,
    planned: figures.cassandraRowsPerCpu.value,
    remark: "another program, in C++; how busy its cores were is not published",
  }),
  compare({
    who: "ClickHouse, Jaeger's BENCHMARKING.md, disk",
    inputs: "10e6 spans of 643 B",
    unit: "MiB a copy",
    published: 722,
    planned: (10e6 * onDisk.clickhouse.bytes({ bytesPerSpan: 643, attributesPerSpan: 11 })) / 1024 ** 2,
    remark: "the lower end of the range that is planned with comes from here",
  }),
  compare({
    who: "Jaeger docs, service performance monitoring",
    inputs: "1 operation",
    unit: "series (72 to 324)",
    published: 72,
    planned: 2 * 2 * seriesPerSpanName,
    remark: "2 statuses, 2 gateways; against the lower end",
  }),
  compare({
    who: "Canva, tracing",
    inputs: "5e9 spans a day",
    unit: "spans/s on average",
    published: 58_000,
    planned: 5e9 / day,
    remark: "arithmetic alone: nothing else is public",
  }),
];

/** Published deployments that cannot be compared, and what they do not say. */
export const incomparable: readonly { readonly who: string; readonly lacks: string }[] = [
  { who: "Uber", lacks: "spans/s, bytes, hardware: about 40,000 endpoints are public" },
  { who: "Canva", lacks: "all but spans a day: bytes a span, retention, disk, Collectors" },
  { who: "Shopify", lacks: "bytes a span, hardware; 12M spans at peak are told second hand" },
  { who: "Netflix", lacks: "absolute figures: 71 % cheaper, 35 times the data" },
  { who: "Mastodon", lacks: "spans a request, CPU and memory of its Collectors, how many namespaces" },
  { who: "Skyscanner", lacks: "spans/s: 24 clusters and 1,000 services are public" },
  { who: "Adobe", lacks: "spans/s for each Collector" },
  { who: "eBay", lacks: "traces: its 40M samples/s are metrics" },
  { who: "Resmo, ClickHouse", lacks: "bytes, retention and disk: 300M spans a day are public" },
  { who: "SigNoz, resources planning", lacks: "the load that its table of machines is for" },
  { who: "Tempo, sizing page", lacks: "a hop in common: its distributors and live stores are another program" },
  { who: "Dynatrace Collector, combined load", lacks: "spans a trace, and traces apart from logs and metrics" },
  { who: "OTel Arrow, phase 2", lacks: "spans: its 200k items/s are logs" },
  { who: "Jaeger on Badger, #4526, #2459, #2987", lacks: "bytes a span, disk, retention" },
];
