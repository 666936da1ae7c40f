import type { LogStoreKind } from "../../components/logs";
import { ledgerScenarios } from "./ledger-scenarios";
import { logScenarios } from "./log-scenarios";
import { nameScenarios } from "./name-scenarios";
import { nodeScenarios } from "./node-scenarios";
import { samplingScenarios } from "./sampling-scenarios";
import { faults, growing, of, old, still, type Scenario, type Series } from "./series";
import { volumeScenarios } from "./volume-scenarios";

const collector = `job="collector",instance="collector:8888"`;
const jaeger = `job="jaeger",instance="jaeger:8888"`;
const prometheus = `job="prometheus",instance="localhost:9090"`;

const exporter = (metric: string, to: string) =>
  faults((at) => `${metric}{${collector},exporter="${to}",server_address="${at}"}`, { job: "collector", exporter: to });
const receiver = (items: string): Scenario => ({
  fires: {
    [`otelcol_receiver_refused_${items}_total{${collector},receiver="otlp",transport="grpc"}`]: growing(30),
    [`otelcol_receiver_failed_${items}_total{${collector},receiver="otlp",transport="grpc"}`]: growing(15),
  },
  quiet: {
    [`otelcol_receiver_refused_${items}_total{${collector},receiver="otlp",transport="grpc"}`]: old(30),
    [`otelcol_receiver_failed_${items}_total{${collector},receiver="otlp",transport="grpc"}`]: old(15),
  },
  labels: { job: "collector", receiver: "otlp" },
  value: "3",
});
const queue = (size: string, failed: string, items = "spans"): Series => ({
  [`otelcol_exporter_queue_size{${collector},exporter="otlp_grpc/jaeger",data_type="traces"}`]: size,
  [`otelcol_exporter_queue_capacity{${collector},exporter="otlp_grpc/jaeger",data_type="traces"}`]: still(100_000),
  [`otelcol_exporter_enqueue_failed_${items}_total{${collector},exporter="otlp_grpc/jaeger"}`]: failed,
});
const reads = (operation: string, ok: number, err: number): Series => ({
  [`jaeger_storage_requests_total{${jaeger},name="main",operation="${operation}",result="ok"}`]: growing(ok),
  [`jaeger_storage_requests_total{${jaeger},name="main",operation="${operation}",result="err"}`]: growing(err),
});
const took = (seconds: number): Series => ({
  [`jaeger_storage_latency_seconds_sum{${jaeger},name="main",operation="find_traces",result="ok"}`]: growing(seconds),
  [`jaeger_storage_latency_seconds_count{${jaeger},name="main",operation="find_traces",result="ok"}`]: growing(1),
});
const badger = (keys: number, values: number): Series => ({
  [`jaeger_storage_badger_size_bytes_lsm{${jaeger},kind="badger",name="main",role="tracestore"}`]: still(keys),
  [`jaeger_storage_badger_size_bytes_vlog{${jaeger},kind="badger",name="main",role="tracestore"}`]: still(values),
});
const metricsVolume = (blocks: number): Series => ({
  [`prometheus_tsdb_storage_blocks_bytes{${prometheus}}`]: still(blocks),
  [`prometheus_tsdb_wal_storage_size_bytes{${prometheus}}`]: still(30),
  [`prometheus_tsdb_head_chunks_storage_size_bytes{${prometheus}}`]: still(10),
  [`prometheus_tsdb_retention_limit_bytes{${prometheus}}`]: still(100),
});
const limiter = (items: string) =>
  `otelcol_processor_memory_limiter_refused_${items}_total{${collector},processor="memory_limiter"}`;
const refusedByLimiter = (samples: string): Series => ({
  [limiter("spans")]: samples,
  [limiter("metric_points")]: samples,
  [limiter("log_records")]: samples,
});
const spans = (derived: string, arriving = growing(15)): Series => ({
  [`otelcol_receiver_accepted_spans_total{${collector},receiver="otlp",transport="grpc"}`]: arriving,
  [`traces_span_metrics_calls_total{job="shop/pay",service_name="pay"}`]: derived,
});
const edges = (expired: number): Series => ({
  [`otelcol_connector_servicegraph_expired_edges_total{${collector}}`]: `0+${expired}x400`,
  [`otelcol_connector_servicegraph_total_edges_total{${collector}}`]: "0+10x400",
});
const gib = 1024 ** 3;
/** One for each alert, and one more where it has two ways to fire. For storage: badger of 20 GiB. */
const scenarios: Readonly<Record<string, readonly Scenario[]>> = {
  ...ledgerScenarios,
  ...nameScenarios,
  ...nodeScenarios,
  ...samplingScenarios,
  ...volumeScenarios,
  Watchdog: [{ fires: {}, quiet: "never", labels: {}, value: "1" }],
  AlertsNotTaken: faults(
    (at) =>
      `alertmanager_notification_requests_failed_total{job="alertmanager",instance="${at}",integration="webhook",receiver_name="pager"}`,
    { job: "alertmanager", integration: "webhook", receiver_name: "pager" },
  ),
  AlertsNotSent: faults(
    (at) => `prometheus_notifications_dropped_total{${prometheus},alertmanager="${at}"}`,
    of(prometheus),
  ),
  SenderRefused: [
    {
      fires: { [`sightline_guard_refused_by_sender_total{sender="10.0.0.9",reason="depth"}`]: growing(15) },
      quiet: { [`sightline_guard_refused_by_sender_total{sender="10.0.0.9",reason="depth"}`]: growing(1) },
      labels: { sender: "10.0.0.9", reason: "depth" },
      value: "600",
    },
  ],
  NewServicesRefused: [
    {
      fires: {
        [`sightline_guard_refused_requests_total{signal="logs",protocol="http",reason="services"}`]: growing(2),
      },
      quiet: { [`sightline_guard_refused_requests_total{signal="logs",protocol="http",reason="depth"}`]: growing(2) },
      labels: {},
      value: "80",
    },
  ],
  TargetDown: [
    {
      fires: { [`up{${jaeger}}`]: "1x60 0x60" },
      quiet: { [`up{${jaeger}}`]: "1x74 0x2 1x44" },
      labels: of(jaeger),
      value: "0",
    },
  ],
  TargetRestarts: [
    {
      fires: { [`process_start_time_seconds{${prometheus}}`]: "0x40 600x20 900x60" },
      quiet: { [`process_start_time_seconds{${prometheus}}`]: "0x40 600x80" },
      labels: of(prometheus),
      value: "2",
    },
    {
      fires: { [`otelcol_process_uptime_seconds_total{${collector}}`]: "0+15x30 0+15x20 0+15x70" },
      quiet: { [`otelcol_process_uptime_seconds_total{${collector}}`]: "0+15x50 0+15x70" },
      labels: of(collector),
      value: "2",
    },
  ],
  SpansDropped: exporter("otelcol_exporter_send_failed_spans_total", "otlp_grpc/jaeger"),
  PointsDropped: exporter("otelcol_exporter_send_failed_metric_points_total", "otlp_http/prometheus"),
  LogsDropped: exporter("otelcol_exporter_send_failed_log_records_total", "otlp_http/victorialogs"),
  SpansQueueFull: exporter("otelcol_exporter_enqueue_failed_spans_total", "otlp_grpc/jaeger"),
  PointsQueueFull: exporter("otelcol_exporter_enqueue_failed_metric_points_total", "otlp_http/prometheus"),
  LogsQueueFull: exporter("otelcol_exporter_enqueue_failed_log_records_total", "otlp_http/victorialogs"),
  SpansRefused: [receiver("spans")],
  PointsRefused: [receiver("metric_points")],
  LogsRefused: [receiver("log_records")],
  QueueFilling: [
    {
      fires: queue(still(85_000), still(0)),
      quiet: queue(still(75_000), still(0)),
      labels: { ...of(collector), exporter: "otlp_grpc/jaeger", data_type: "traces" },
      value: "85%",
    },
  ],
  QueueCannotBeWritten: [
    {
      // So a Collector 0.158 looked whose queue was on a full disk.
      fires: queue(still(64_000), growing(30)),
      quiet: queue(still(99_000), growing(30)),
      labels: { ...of(collector), exporter: "otlp_grpc/jaeger" },
      value: "2",
    },
    {
      fires: queue(still(64_000), growing(30)),
      quiet: queue(still(64_000), still(30)),
      labels: { ...of(collector), exporter: "otlp_grpc/jaeger" },
      value: "2",
    },
    {
      fires: queue(still(64_000), growing(30), "log_records"),
      quiet: queue(still(99_000), growing(30), "log_records"),
      labels: { ...of(collector), exporter: "otlp_grpc/jaeger" },
      value: "2",
    },
  ],
  MemoryLimiterRefuses: (["spans", "metric_points", "log_records"] as const).map((items) => ({
    fires: { ...refusedByLimiter(still(30)), [limiter(items)]: growing(30) },
    quiet: refusedByLimiter(still(30)),
    labels: of(collector),
    value: "2",
  })),
  SpanMetricsMissing: [
    { fires: spans(still(7)), quiet: spans(growing(15)), labels: {}, value: "1", at: "25m" },
    { fires: spans("_x120"), quiet: spans("_x20 0+15x100"), labels: {}, value: "1", at: "25m" },
    { fires: spans("_x120"), quiet: spans("_x120", still(15)), labels: {}, value: "1", at: "25m" },
  ],
  SpansTruncated: faults((at) => `sightline_spans_truncated_total{service_name="pay",instance="${at}"}`, {
    service_name: "pay",
  }),
  ServiceGraphOverflows: faults(
    (at) => `otelcol_connector_servicegraph_dropped_spans_total{${collector},otel_scope_version="${at}"}`,
    of(collector),
  ),
  ServiceGraphUnpaired: [{ fires: edges(6), quiet: edges(4), labels: of(collector), value: "60%", at: "70m" }],
  TraceStorageErrors: [
    {
      fires: reads("find_traces", 9, 1),
      quiet: { ...reads("find_traces", 99, 1), ...reads("get_trace", 1, 9) },
      labels: { job: "jaeger", name: "main", operation: "find_traces" },
      value: "10%",
    },
  ],
  TraceStorageSlow: [
    { fires: took(3), quiet: took(1), labels: { job: "jaeger", name: "main", operation: "find_traces" }, value: "3s" },
  ],
  SpansNotStored: ["errors_total", "latency_err_seconds_count"].flatMap((counter) =>
    faults((at) => `jaeger_storage_bulk_index_${counter}{${jaeger},name="main",role="${at}"}`, {
      job: "jaeger",
      name: "main",
    }),
  ),
  TraceDiskLow: [
    {
      fires: { [`jaeger_storage_badger_value_log_bytes_available{${jaeger},name="main"}`]: still(gib) },
      quiet: { [`jaeger_storage_badger_value_log_bytes_available{${jaeger},name="main"}`]: still(3 * gib) },
      labels: { ...of(jaeger), name: "main" },
      value: "1Gi",
    },
  ],
  TraceVolumeFull: [
    {
      fires: badger(4 * gib, 17 * gib),
      quiet: badger(2 * gib, 17 * gib),
      labels: { ...of(jaeger), kind: "badger", name: "main", role: "tracestore" },
      value: "19Gi",
    },
  ],
  RulesFail: [
    {
      fires: {
        [`prometheus_rule_evaluation_failures_total{${prometheus},rule_group="spans.yml;spans"}`]: "0x40 0+1x80",
      },
      quiet: { [`prometheus_rule_evaluation_failures_total{${prometheus},rule_group="spans.yml;spans"}`]: old(4) },
      labels: { job: "prometheus", rule_group: "spans.yml;spans" },
      value: "40",
    },
  ],
  MetricsStorageFails: [
    {
      fires: { [`prometheus_tsdb_compactions_failed_total{${prometheus}}`]: "0x40 1x80" },
      quiet: { [`prometheus_tsdb_compactions_failed_total{${prometheus}}`]: old(1) },
      labels: of(prometheus),
      value: "1",
    },
    {
      fires: { [`prometheus_tsdb_wal_corruptions_total{${prometheus}}`]: "0x40 1x80" },
      quiet: { [`prometheus_tsdb_wal_corruptions_total{${prometheus}}`]: old(1) },
      labels: of(prometheus),
      value: "1",
    },
  ],
  MetricsVolumeFull: [
    { fires: metricsVolume(80), quiet: metricsVolume(60), labels: of(prometheus), value: "120%" },
    {
      fires: metricsVolume(80),
      // No limit: nothing to compare with.
      quiet: { ...metricsVolume(80), [`prometheus_tsdb_retention_limit_bytes{${prometheus}}`]: still(0) },
      labels: of(prometheus),
      value: "120%",
    },
  ],
  MetricsRetentionCut: [
    {
      fires: { [`prometheus_tsdb_size_retentions_total{${prometheus}}`]: "0x40 1x80" },
      quiet: { [`prometheus_tsdb_size_retentions_total{${prometheus}}`]: old(1) },
      labels: of(prometheus),
      value: "1",
    },
  ],
  MetricsTooOld: [
    {
      fires: { [`prometheus_tsdb_too_old_samples_total{${prometheus},type="float"}`]: growing(1) },
      quiet: { [`prometheus_tsdb_too_old_samples_total{${prometheus},type="float"}`]: old(40) },
      labels: of(prometheus),
      value: "40",
    },
    {
      fires: {
        [`otelcol_processor_filter_datapoints_filtered_total{${prometheus},filter="filter/fit-points"}`]: growing(1),
      },
      quiet: {
        [`otelcol_processor_filter_datapoints_filtered_total{${prometheus},filter="filter/volumes"}`]: growing(1),
      },
      labels: of(prometheus),
      value: "40",
    },
  ],
  PointsChanged: [
    {
      fires: { 'load{service_name="pay",sightline_changed="true"}': "1x90" },
      quiet: { 'load{service_name="pay"}': "1x90" },
      labels: { service_name: "pay" },
      value: "1",
    },
  ],
  LogsTruncated: faults((at) => `sightline_logs_truncated_total{service_name="pay",instance="${at}"}`, {
    service_name: "pay",
  }),
};

/** Those of a stack with one store of logs. */
export const scenariosWith = (logs: LogStoreKind): Readonly<Record<string, readonly Scenario[]>> => ({
  ...scenarios,
  ...logScenarios[logs],
});
