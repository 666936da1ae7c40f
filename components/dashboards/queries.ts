import type { LogStoreKind } from "../logs";
import { changedSeries, unfitPoints } from "../prometheus/fit";
import * as metrics from "../prometheus/metrics";
import { among, growth, mean, min, most, quantile, rate, series, share, sum, total, type Slice } from "./promql";

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

const { served, failed } = metrics;

export const requests = (slice: Slice) => rate(metrics.spanCalls, among(slice, served));
export const requestErrors = (slice: Slice) =>
  share(rate(metrics.spanCalls, among(slice, served, failed)), requests(slice));
/** In milliseconds. */
export const requestDuration = (q: number, slice: Slice) => quantile(q, metrics.spanDuration, among(slice, served));

/** Of series by service or endpoint those of the 20 with the most requests. */
export const busiest = (of: string, slice: Slice) => most(of, metrics.spanCalls, among(slice, served));

/* Objectives: recorded by rules of their own, under the names that Sloth gives them. */

const perObjective = ["sloth_service", "sloth_slo", "owner"];
const ofObjective = (expr: string) => `max by (${perObjective.join(", ")}) (${expr})`;
const burn = (over: "1h" | "6h") =>
  `${ofObjective(`slo:sli_error:ratio_rate${over}`)} / ${ofObjective("slo:error_budget:ratio")}`;
const left = ofObjective("slo:period_error_budget_remaining:ratio");
const period = ofObjective("slo:time_period:days * 86400");

export const objectives = {
  promised: ofObjective("slo:objective:ratio"),
  kept: `1 - ${ofObjective("slo:period_burn_rate:ratio")} * ${ofObjective("slo:error_budget:ratio")}`,
  left,
  burn,
  /** In seconds. */
  endsAfter: `(${left} > 0) * ${period} / (${burn("6h")} > 0) < ${period}`,
  least: `bottomk(20, ${left})`,
  fastest: `topk(20, ${burn("1h")})`,
  notGood: `topk(20, ${ofObjective("slo:sli_error:ratio_rate5m")})`,
  firing: `max by (alertname, sloth_service, sloth_slo) (ALERTS{alertstate="firing",sloth_id!=""})`,
};

/* Names of spans, of which a service may have so many. */

export const names = {
  series: `count by (service_name) (${metrics.spanCalls})`,
  folded: rate(metrics.spanCallsFolded, { by: ["service_name"] }),
};

/** What there is room for, and how much of it is taken. */
export const room = {
  series: { held: `max(${metrics.prometheusSeries})`, most: `max(${metrics.roomForSeries})` },
  edges: { held: `count(${metrics.edgeRequests})`, most: `max(${metrics.roomForEdges})` },
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

// Queues on disk count bytes, those in memory items, and no label says which. No queue in memory has room for so many
// items, and none on disk is so small.
const bytes = 10_000_000;
const sized = (gauge: string, than: string) =>
  sum(`${series(gauge, where)} and ${series(metrics.collectorQueueCapacity, where)} ${than} ${bytes}`, {
    by: perQueue.by ?? [],
  });
const onDisk = (gauge: string) => sized(gauge, ">=");
const inMemory = (gauge: string) => sized(gauge, "<");

export const queues = {
  /** Between 0 and 1. */
  fill: (where: readonly string[] = []) =>
    `max by (job, exporter, data_type) (${series(metrics.collectorQueueSize, where)} / ${series(metrics.collectorQueueCapacity, where)})`,
  onDisk: { waiting: onDisk(metrics.collectorQueueSize), room: onDisk(metrics.collectorQueueCapacity) },
  inMemory: { waiting: inMemory(metrics.collectorQueueSize), room: inMemory(metrics.collectorQueueCapacity) },
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

/* A sampling budget. */

const spent = (over?: string): string =>
  rate(metrics.tailPolicySpans, { where: [`decision="sampled"`], ...(over !== undefined && { over }) });
const failedSpans = rate(metrics.spanCalls, { where: [failed], over: "10m" });
export const budget = {
  line: metrics.budgetSpansPerSecond,
  used: `${spent("1h")} / ${metrics.budgetSpansPerSecond}`,
  keptShare: share(spent(), rate(processorIncoming, { where: [`processor=~"tail_sampling.*"`] })),
  errorsCapped: `clamp_min(1 - ${share(rate(metrics.keptFailed, { over: "10m" }), failedSpans)}, 0) and on () ${metrics.budgetSpansPerSecond}`,
  unknown: rate(metrics.tailPolicySpans, { where: [`decision="sampled"`, `policy="unknown"`] }),
  byBucket: rate(metrics.tailPolicySpans, { by: ["policy"], where: [`decision="sampled"`] }),
  late: rate(metrics.tailFollowed, { by: ["instance"], where: [`sampled="false"`] }),
  tooLarge: rate(metrics.tailTooLarge, { by: ["instance"] }),
  traces: growth(metrics.tailPolicyDecisions, { by: ["policy"], where: [`decision="sampled"`] }),
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
/** What node readers get of their nodes. */
export const measuredOfNodes = rate(metrics.collectorMeasured, { by: ["instance", "receiver"] });

/** What the guard before the Collectors does not pass on. */
export const refusedByGuard = rate(metrics.guardRefused, { by: ["reason"] });

export const turnedAway = Object.values(metrics.collectorRefused)
  .map((counter) => total(counter))
  .join(" + ");
/** Why stores say no. */
export const refusals = {
  samples: rate(metrics.prometheusTooOld),
  unfitPoints: `sum(rate(${unfitPoints}[$__rate_interval]))`,
  changedPoints: `sum by (service_name) (count_over_time(${changedSeries}[5m])) / 300`,
  lines: (store: LogStoreKind) => rate(linesDiscarded[store], { by: ["reason"] }),
  cutLines: rate(metrics.logsTruncated, { by: ["service_name"] }),
};

/* Whether everything runs. */

export const up = min("up", { by: ["job"] });
// That which always fires says that all is well.
const fires = series("ALERTS", [`alertstate="firing"`, `alertname!="Watchdog"`]);
export const firing = `count(${fires}) or vector(0)`;
export const alerts = `max by (alertname, severity, job) (${fires})`;
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
