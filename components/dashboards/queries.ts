import type { LogStoreKind } from "../logs";
import * as metrics from "../prometheus/metrics";
import { among, growth, mean, min, quantile, rate, series, share, sum, total, type Slice } from "./promql";

/* Metrics that no alerting rule reads. Labels worth knowing stand behind each. */

/** client, server, le in seconds: how long the server took. */
const edgeDuration = "traces_service_graph_request_server_seconds_bucket";
/** exporter. Items in one request to the next hop. */
/** exporter, data_type */
const requestsInFlight = "otelcol_exporter_in_flight_requests";
/** processor, otel_signal */
const processorIncoming = "otelcol_processor_incoming_items_total";
const processorOutgoing = "otelcol_processor_outgoing_items_total";
/** http_route, http_request_method, http_response_status_code */
const httpServed = "http_server_request_duration_seconds";
const jaegerStorageLatency = "jaeger_storage_latency_seconds";
const samplesAppended = "prometheus_tsdb_head_samples_appended_total";
const exemplarsAppended = "prometheus_tsdb_exemplar_exemplars_appended_total";
const linesReceived = {
  victorialogs: metrics.victoriaLogsIngested,
  loki: "loki_distributor_lines_received_total",
} as const;
const linesDiscarded = { victorialogs: metrics.victoriaLogsDropped, loki: metrics.lokiDiscarded } as const;

/* Requests: spans that a service served, or took from a queue. What it asked of others is counted where it was served. */

const served = `span_kind=~"SPAN_KIND_(SERVER|CONSUMER)"`;
const failed = `status_code="STATUS_CODE_ERROR"`;

export const requests = (slice: Slice) => rate(metrics.spanCalls, among(slice, served));
export const requestErrors = (slice: Slice) =>
  share(rate(metrics.spanCalls, among(slice, served, failed)), requests(slice));
/** In milliseconds. */
export const requestDuration = (q: number, slice: Slice) => quantile(q, metrics.spanDuration, among(slice, served));

/* Names of spans, of which a service may have so many. */

export const names = {
  series: `count by (service_name) (${metrics.spanCalls})`,
  folded: rate(metrics.spanCallsFolded, { by: ["service_name"] }),
};

/* Edges: one service asking another. */

type EdgeSlice = Omit<Slice, "by">;
const eachEdge = (slice: EdgeSlice): Slice => ({ ...slice, by: ["client", "server"] });

export const edges = (slice: EdgeSlice) => rate(metrics.edgeRequests, eachEdge(slice));
export const edgeErrors = (slice: EdgeSlice) => share(rate(metrics.edgeFailures, eachEdge(slice)), edges(slice));
/** In seconds. */
export const edgeLatency = (q: number, slice: EdgeSlice) => quantile(q, edgeDuration, eachEdge(slice));

/** Edges with the labels that Grafana's node graph reads: id, source and target. */
export const nodeGraphEdges = (slice: EdgeSlice) => {
  const source = `label_replace(${edges(slice)}, "source", "$1", "client", "(.*)")`;
  const target = `label_replace(${source}, "target", "$1", "server", "(.*)")`;
  return `label_join(${target}, "id", " to ", "client", "server")`;
};
export const serviceGraph = {
  paired: rate(metrics.serviceGraphEdges),
  expired: rate(metrics.serviceGraphExpiredEdges),
  dropped: rate(metrics.serviceGraphDroppedSpans),
};

/* The Collector, and Jaeger, which is built of its parts: `program` is the job Prometheus knows each by. */

const places = {
  accepted: metrics.collectorAccepted,
  refused: metrics.collectorRefused,
  failed: metrics.collectorFailed,
  sent: metrics.collectorSent,
  sendFailed: metrics.collectorSendFailed,
  enqueueFailed: metrics.collectorEnqueueFailed,
};
export type Signal = keyof typeof metrics.collectorAccepted;
export type Place = keyof typeof places;

/** Spans, points or log records a second at one place of a Collector. */
export const flow = (place: Place, signal: Signal, slice: Slice) => rate(places[place][signal], slice);

const where = [`job=~"$program"`];
const perQueue: Slice = { by: ["job", "exporter", "data_type"], where };
const perExporter: Slice = { by: ["job", "exporter"], where };
const perProcessor: Slice = { by: ["job", "processor", "otel_signal"], where };

export const queues = {
  /** Between 0 and 1. */
  fill: (where: readonly string[] = []) =>
    `max by (job, exporter, data_type) (${series(metrics.collectorQueueSize, where)} / ${series(metrics.collectorQueueCapacity, where)})`,
  waiting: sum(metrics.collectorQueueSize, perQueue),
  capacity: sum(metrics.collectorQueueCapacity, perQueue),
  inFlight: sum(requestsInFlight, perExporter),
};
export const processors = {
  incoming: rate(processorIncoming, perProcessor),
  outgoing: rate(processorOutgoing, perProcessor),
};
export const processes = {
  memory: (where: readonly string[]) => sum(metrics.collectorMemory, { by: ["job"], where }),
  cpu: (where: readonly string[]) => rate(metrics.collectorCpu, { by: ["job"], where }),
  uptime: (where: readonly string[]) => min(metrics.collectorUptime, { by: ["job"], where }),
};

/* Tail sampling, and the way to it. */

const perProcess: Slice = { by: ["job", "instance"], where };
export const sampling = {
  decisions: rate(metrics.tailDecisions, { by: ["job", "decision"], where }),
  kept: rate(metrics.tailPolicyDecisions, { by: ["policy"], where: [...where, `decision="sampled"`] }),
  waiting: sum(metrics.tailWaiting, perProcess),
  evicted: rate(metrics.tailEvicted, perProcess),
  tooLarge: rate(metrics.tailTooLarge, perProcess),
  late: rate(metrics.tailFollowed, { by: ["job", "instance"], where: [...where, `sampled="false"`] }),
  known: sum(metrics.balancerBackends, perProcess),
  failing: rate(metrics.balancerOutcomes, { by: ["job", "endpoint"], where: [...where, `success="false"`] }),
};

/* Jaeger and its storage. */

const toStorage = [`exporter="jaeger_storage_exporter"`];
const perOperation: Slice = { by: ["operation"] };
const perRoute: Slice = { by: ["http_route"], where: [`http_route=~"/api/.*"`] };

export const jaeger = {
  /** Of several programs the one that writes to a storage of traces, whatever its job is called. */
  only: (of: string) => `${of} and on (job) ${sum(metrics.collectorSentSpans, { by: ["job"], where: toStorage })}`,
  written: rate(metrics.collectorSentSpans, { by: ["job"], where: toStorage }),
  writeFailed: rate(metrics.collectorSendFailedSpans, { by: ["job"], where: toStorage }),
  documentsRefused: rate(metrics.jaegerDocumentsRefused, { by: ["job"] }),
  requestsRefused: rate(metrics.jaegerBulkFailed, { by: ["job"] }),
  truncated: rate(metrics.spansTruncated, { by: ["service_name"] }),
  reads: rate(metrics.jaegerStorageRequests, perOperation),
  readErrors: rate(metrics.jaegerStorageRequests, among(perOperation, `result="err"`)),
  // Its buckets are five seconds wide: quantiles would say nothing.
  readDuration: mean(jaegerStorageLatency, perOperation),
  answers: rate(`${httpServed}_count`, perRoute),
  answerDuration: (q: number) => quantile(q, `${httpServed}_bucket`, perRoute),
  badgerKeys: sum(metrics.badgerKeyBytes, { by: ["name"] }),
  badgerValues: sum(metrics.badgerValueBytes, { by: ["name"] }),
  diskAvailable: min(metrics.badgerDiskAvailable, { by: ["job"] }),
};
/** Storage of traces said no, to a write or to a read. */
export const storageErrors = `${total(metrics.collectorSendFailedSpans, toStorage)} + ${total(metrics.jaegerDocumentsRefused)} + ${total(metrics.jaegerBulkFailed)} + ${total(metrics.jaegerStorageRequests, [`result="err"`])}`;

/* Kafka between the last Collector and Jaeger. */

const perPartition: Slice = { by: ["partition"] };
export const buffer = {
  written: rate(metrics.collectorSentSpans, { by: ["job"], where: [`exporter=~"kafka/.*"`] }),
  read: rate(metrics.collectorAccepted.spans, { by: ["job"], where: [`transport="kafka"`] }),
  wait: `${rate(metrics.bufferDelaySum, perPartition)} / ${rate(metrics.bufferDelayCount, perPartition)}`,
};

/* Volumes that are claims. */

const claimed: Slice = { by: ["k8s_pod_name", "k8s_volume_name"], where: [`k8s_volume_name=~"badger|data|queue"`] };
export const volumesUsed = `1 - ${min(metrics.volumeAvailable, claimed)} / ${min(metrics.volumeCapacity, claimed)}`;

/* Loss. */

/**
 * Counters of what is gone for good, each with what happened and the label that says where. What a store refuses is
 * counted where it was sent from: counting at the store too would count twice.
 */
const losses: readonly (readonly [kind: string, counter: string, at: string])[] = [
  ["spans: the next hop said no", metrics.collectorSendFailed.spans, "exporter"],
  ["points: the next hop said no", metrics.collectorSendFailed.points, "exporter"],
  ["logs: the next hop said no", metrics.collectorSendFailed.logs, "exporter"],
  ["spans: fault in a receiver", metrics.collectorFailed.spans, "receiver"],
  ["points: fault in a receiver", metrics.collectorFailed.points, "receiver"],
  ["logs: fault in a receiver", metrics.collectorFailed.logs, "receiver"],
  // Senders of spans and logs are told and send again; span metrics are made here, and nobody makes them twice.
  ["points: no room in the queue", metrics.collectorEnqueueFailed.points, "exporter"],
  // Elasticsearch and OpenSearch, behind a Jaeger that has acknowledged what it has not written.
  ["documents: refused by the storage of traces", metrics.jaegerDocumentsRefused, "name"],
  ["edges: no room in the service graph", metrics.serviceGraphDroppedSpans, "job"],
  ["traces: no room in the tail sampler", metrics.tailEvicted, "processor"],
];

export const lost = {
  total: losses.map(([, counter]) => total(counter)).join(" + "),
  byKind: losses.map(([kind, counter]) => ({ kind, expr: total(counter) })),
  /** What is not zero, by kind, job and part of the program. */
  where: losses
    .map(([kind, counter, at]) => {
      const grown = `${growth(counter, { by: at === "job" ? ["job"] : ["job", at] })} > 0`;
      const placed = `label_replace(${grown}, "part", "$1", "${at}", "(.*)")`;
      return `sum by (kind, job, part) (label_replace(${placed}, "kind", "${kind}", "", ""))`;
    })
    .join(" or "),
};
/** Answered "not now": the sender keeps it and sends again. */
export const turnedAway = Object.values(metrics.collectorRefused)
  .map((counter) => total(counter))
  .join(" + ");
/** Why stores say no. */
export const refusals = {
  samples: rate(metrics.prometheusTooOld),
  lines: (store: LogStoreKind) => rate(linesDiscarded[store], { by: ["reason"] }),
  cutLines: rate(metrics.logsTruncated, { by: ["service_name"] }),
};

/* Whether everything runs. */

export const up = min("up", { by: ["job"] });
export const firing = `count(ALERTS{alertstate="firing"}) or vector(0)`;
export const alerts = `max by (alertname, severity, job) (ALERTS{alertstate="firing"})`;
export const ingest = {
  samples: rate(samplesAppended),
  exemplars: rate(exemplarsAppended),
  lines: (store: LogStoreKind) => rate(linesReceived[store]),
};

/* Logs: LogsQL for VictoriaLogs, LogQL for Loki. Fields of the first are called as in OTLP. */

/** What a store of logs is asked about one service. */
interface LogQueries {
  readonly lines: string;
  readonly byLevel: string;
  /** Label of the level in what `byLevel` answers. */
  readonly level: string;
}

const ofLoki = `{service_name="$service"}`;
const ofVictoriaLogs = `{service.name="$service"}`;
export const logs: Readonly<Record<LogStoreKind, LogQueries>> = {
  victorialogs: {
    lines: ofVictoriaLogs,
    byLevel: `${ofVictoriaLogs} | stats by (severity_text) count() lines`,
    level: "severity_text",
  },
  loki: {
    lines: ofLoki,
    byLevel: `sum by (detected_level) (count_over_time(${ofLoki} [$__auto]))`,
    level: "detected_level",
  },
};

/* From a span: Grafana puts in the name of the span and the id of its trace. */

const sameSpan: Slice = { by: ["service_name"], where: ['span_name="${__span.name}"'], over: "5m" };
const calls = rate(metrics.spanCalls, sameSpan);
export const fromSpan = {
  logs: {
    victorialogs: 'trace_id:="${__trace.traceId}"',
    loki: '{service_name=~".+"} | trace_id="${__trace.traceId}"',
  },
  metrics: [
    { name: "Calls a second", query: calls },
    { name: "Failed share", query: share(rate(metrics.spanCalls, among(sameSpan, failed)), calls) },
    { name: "Duration, 95th percentile", query: quantile(0.95, metrics.spanDuration, sameSpan) },
  ],
};

/** What a variable offers: the values of a label. */
export interface Values {
  readonly metric: string;
  readonly label: string;
}
export const services: Values = { metric: series(metrics.spanCalls, [served]), label: "service_name" };
export const programs: Values = { metric: metrics.collectorUptime, label: "job" };
