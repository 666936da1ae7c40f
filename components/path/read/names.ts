import type { Section } from "./collector";

/** A component that has another name than it had: both mean the same, from that version on. */
export interface Rename {
  readonly section: Section;
  readonly former: string;
  readonly name: string;
  /** Minor version of the Collector, 144 for 0.144, that knows the new name. The old one stays an alias. */
  readonly since: number;
}

/** A component that is gone: a Collector from that version on does not start with it. */
export interface Removal {
  readonly section: Section;
  readonly name: string;
  readonly since: number;
  readonly instead: string;
}

/** Source: `deprecated_type` in each component's metadata.yaml, and the changelogs of 0.144 to 0.158. */
export const renames: readonly Rename[] = [
  { section: "exporters", former: "otlp", name: "otlp_grpc", since: 144 },
  { section: "exporters", former: "otlphttp", name: "otlp_http", since: 144 },
  { section: "processors", former: "k8sattributes", name: "k8s_attributes", since: 146 },
  { section: "processors", former: "metricstarttime", name: "metric_start_time", since: 148 },
  { section: "receivers", former: "prometheusremotewrite", name: "prometheus_remote_write", since: 148 },
  { section: "receivers", former: "filelog", name: "file_log", since: 149 },
  { section: "receivers", former: "httpcheck", name: "http_check", since: 150 },
  { section: "receivers", former: "tcplog", name: "tcp_log", since: 150 },
  { section: "receivers", former: "udplog", name: "udp_log", since: 150 },
  { section: "receivers", former: "windowseventlog", name: "windows_event_log", since: 150 },
  { section: "connectors", former: "spanmetrics", name: "span_metrics", since: 151 },
  { section: "receivers", former: "hostmetrics", name: "host_metrics", since: 151 },
  { section: "receivers", former: "k8sobjects", name: "k8s_objects", since: 151 },
  { section: "receivers", former: "filestats", name: "file_stats", since: 151 },
  { section: "receivers", former: "fluentforward", name: "fluent_forward", since: 151 },
  { section: "processors", former: "logdedup", name: "log_dedup", since: 151 },
  { section: "receivers", former: "kubeletstats", name: "kubelet_stats", since: 152 },
  { section: "receivers", former: "kafkametrics", name: "kafka_metrics", since: 152 },
  { section: "processors", former: "metricstransform", name: "metrics_transform", since: 152 },
  { section: "exporters", former: "loadbalancing", name: "load_balancing", since: 153 },
  { section: "processors", former: "resourcedetection", name: "resource_detection", since: 153 },
  { section: "exporters", former: "prometheusremotewrite", name: "prometheus_remote_write", since: 154 },
  { section: "receivers", former: "awscloudwatch", name: "aws_cloudwatch", since: 156 },
  { section: "processors", former: "cumulativetodelta", name: "cumulative_to_delta", since: 157 },
  { section: "processors", former: "deltatocumulative", name: "delta_to_cumulative", since: 158 },
  { section: "connectors", former: "servicegraph", name: "service_graph", since: 158 },
];

/** Source: changelogs of the Collector 0.109 and 0.111, and of its contrib releases 0.86 and 0.131. */
export const removals: readonly Removal[] = [
  { section: "exporters", name: "logging", since: 111, instead: "debug" },
  { section: "exporters", name: "jaeger", since: 86, instead: "otlp towards Jaeger's port 4317" },
  { section: "exporters", name: "jaeger_thrift", since: 86, instead: "otlp towards Jaeger's port 4317" },
  { section: "exporters", name: "loki", since: 131, instead: "otlphttp towards Loki's /otlp" },
  { section: "extensions", name: "memory_ballast", since: 109, instead: "GOMEMLIMIT in the environment" },
];

/** The newest name of a component's type, whichever was written. */
export const newestName = (section: Section, type: string): string =>
  renames.find((rename) => rename.section === section && rename.former === type)?.name ?? type;
