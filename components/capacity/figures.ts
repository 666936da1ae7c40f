/** A number that was not computed here, and who says so. */
export interface Figure {
  readonly value: number;
  readonly unit: string;
  readonly source: string;
  /** How far off it may be. */
  readonly error: string;
}

/**
 * Every constant of the planner. None is fitted to the deployments of docs/capacity.md; where a figure comes from one of
 * them, the comparison says so.
 */
export const figures = {
  utilisation: {
    value: 0.6,
    unit: "of a CPU at peak",
    source: "opentelemetry.io, Collector, Scaling: scale at 60 to 70 % of the queue",
    error: "a choice",
  },
  tailSamplingSlowdown: {
    value: 12 / 9,
    unit: "× CPU",
    source: "Collector 0.1.3, docs/performance.md: 12k spans/s without, 9k with tail sampling",
    error: "unknown; of 2019",
  },
  spanInMemory: {
    value: 3,
    unit: "× bytes on the wire",
    source: "assumed: the upper end of 2 to 3 for decoded OTLP in Go",
    error: "−33 % where it is 2",
  },
  processMemory: {
    value: 250 * 1024 ** 2,
    unit: "B",
    source: "docs/benchmarks.md: at most 248 MiB at full load",
    error: "2 cores; more cores hold more requests at once",
  },
  memoryInUse: {
    value: 0.6,
    unit: "of the memory limit",
    source: "the memory limiter refuses at 80 % less its spike limit of 20 %",
    error: "a choice",
  },
  queuesOnOneDisk: {
    value: 4,
    unit: "× the queue of traces",
    source: "components/collector/exporters/queue.ts: each queue may fill a quarter of the disk",
    error: "exact",
  },
  brokerDiskUsed: {
    value: 0.7,
    unit: "of a broker's volume",
    source: "components/buffer/managed.ts: what messages may take",
    error: "exact",
  },
  brokerBytes: {
    value: 16 * 1024 ** 4,
    unit: "B",
    source: "Amazon MSK, quotas: 16 TiB a broker",
    error: "a ceiling",
  },
  bytesPerSample: {
    value: 2,
    unit: "B",
    source: "Prometheus, docs/storage.md: 1 to 2 bytes a sample",
    error: "−50 % where it is 1",
  },
  bytesPerSeries: {
    value: (11 * 1024 ** 3) / 1e6,
    unit: "B of memory",
    source: "Grafana Alloy, estimate-resource-usage.md: 11 GiB for 1M active series",
    error: "unknown; another program with the same storage engine",
  },
  cpuPerSeries: {
    value: 0.4e-6,
    unit: "CPU",
    source: "Grafana Alloy, estimate-resource-usage.md: 0.4 CPU for 1M active series",
    error: "unknown; queries are not in it",
  },
  flushSeconds: {
    value: 15,
    unit: "s",
    source: "components/collector/connectors/span-metrics.ts: series are sent every 15 s",
    error: "exact",
  },
  prometheusSeries: {
    value: 4_140,
    unit: "B of memory",
    source:
      "measured: Prometheus 3.16 with 676, 20,700 and 60,700 series of 16 labels, sent over OTLP: 68, 147 and 194 MiB resident",
    error:
      "the larger of two steps, for two minutes; queries and compaction are in the reserve that memoryInUse leaves",
  },
  prometheusMemory: {
    value: 68 * 1024 ** 2,
    unit: "B",
    source: "the same, without series of others",
    error: "unknown",
  },
  seriesOfService: {
    value: 200,
    unit: "series",
    source:
      "assumed: durations of ten routes with 17 series each, and what the runtime measures; once for each service",
    error: "unknown; each process may send as many",
  },
  exportSeconds: {
    value: 60,
    unit: "s",
    source: "OpenTelemetry specification, SDK environment variables: OTEL_METRIC_EXPORT_INTERVAL",
    error: "a default",
  },
  logCompression: {
    value: 0.25,
    unit: "of the bytes of log lines",
    source: "assumed: chunks with snappy, and their index",
    error: "unknown; text compresses 3 to 10 times",
  },
  lokiBytesPerDay: {
    value: 20e9,
    unit: "B a day",
    source: "Grafana Loki, Deployment modes: a single process up to about 20 GB a day",
    error: "a rule of thumb",
  },
  shardBytes: {
    value: 40 * 1024 ** 3,
    unit: "B",
    source: "OpenSearch and Elasticsearch, size your shards: 30 to 50 GiB for logs and time series",
    error: "±25 %, all of it allowed",
  },
  shardsPerHeapGibibyte: {
    value: 25,
    unit: "shards",
    source: "AWS Well-Architected, OpenSearch lens, AOSPERF01",
    error: "a ceiling",
  },
  shardsPerNode: {
    value: 1_000,
    unit: "shards",
    source: "AWS Well-Architected, OpenSearch lens, AOSPERF01",
    error: "a ceiling",
  },
  diskPerMemory: {
    value: 24,
    unit: "× memory",
    source: "elastic/docs-content#3307: 1:24 on the storage profile",
    error: "a vendor's choice",
  },
  cassandraNodeBytes: {
    value: 1024 ** 4,
    unit: "B",
    source: "assumed: about 1 TiB of data a node, as Cassandra's operators advise",
    error: "a choice",
  },
  cassandraNodes: {
    value: 1_000,
    unit: "nodes",
    source: "assumed: about as many as the largest clusters have",
    error: "a choice",
  },
  cassandraRowsPerCpu: {
    value: 12_000,
    unit: "rows/s and copy",
    source: "docs/benchmarks.md and two more such runs: CPU of Cassandra's own process; a choice between the next two",
    error: "−23 to +77 %, by the range",
  },
  cassandraRowsPerCpuLeast: {
    value: 9_200,
    unit: "rows/s and copy",
    source: "the same: rows a CPU-second of the busiest half minute, 9,200, 9,500 and 10,700",
    error: "the lower end: half a CPU in use, and being awake is a good part of it",
  },
  cassandraRowsPerCpuMost: {
    value: 21_200,
    unit: "rows/s and copy",
    source: "the same: what each further row took, 14,700, 17,800 and 21,200 rows a CPU-second",
    error: "the upper end: minutes of writing, with little to merge yet",
  },
  indexedSpansPerCpu: {
    value: 1_700,
    unit: "spans/s and copy",
    source: "docs/benchmarks.md: 3,300 to 3,700 spans/s of 11 attributes on 2 CPUs",
    error: "too little rather than too much: Jaeger and what sends ran on the same CPUs, for half a minute",
  },
  nodeCpus: {
    value: 16,
    unit: "CPUs",
    source: "assumed: CPUs of a node of a store, beyond which there is another node",
    error: "a choice",
  },
  largestIndexedDay: {
    value: 4e12,
    unit: "B a day, copies included",
    source: "jaegertracing/jaeger#1475: the largest published Jaeger on Elasticsearch",
    error: "told by its user",
  },
  clickhouseRowsPerCpu: {
    value: 52_129 / 4,
    unit: "spans/s",
    source: "Jaeger, internal/storage/v2/clickhouse/BENCHMARKING.md: 52,129 spans/s on 4 CPUs",
    error: "unknown; one machine, one table order",
  },
  badgerSpansPerSecond: {
    value: 3_000,
    unit: "spans/s",
    source: "half of what users of Jaeger report trouble from: 6k spans/s in #2459, 10k in #4526",
    error: "unknown",
  },
} as const satisfies Record<string, Figure>;
