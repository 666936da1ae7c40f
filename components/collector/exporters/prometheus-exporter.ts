import { goDuration, type Duration } from "../../core/units";
import type { Port } from "../../core/workload";
import * as check from "../checks";
import type { Exporter } from "../part";

export interface PrometheusExporterOptions {
  /** Number it listens on. @default 8889 */
  readonly port?: number;
  /** Who may scrape. @default "platform" */
  readonly reach?: Port["reach"];
  /** Put before each name. @default - nothing */
  readonly namespace?: string;
  /** A series that got nothing for this long is not shown any more. @default "5m" */
  readonly expiration?: Duration;
  /** Makes labels of all resource attributes. @default false */
  readonly resourceAttributes?: boolean;
}

/**
 * Shows metrics to a Prometheus that scrapes them. A Prometheus that takes OTLP needs otlp_http instead, which keeps
 * timestamps.
 *
 * Source: exporter/prometheusexporter of the Collector's contrib repository.
 */
export const prometheusExporter = ({
  port = 8889,
  reach = "platform",
  namespace,
  expiration = "5m",
  resourceAttributes = false,
}: PrometheusExporterOptions = {}): Exporter<"metrics"> => ({
  role: "exporter",
  type: "prometheus",
  carries: { metrics: true },
  config: {
    endpoint: `0.0.0.0:${port}`,
    ...(namespace !== undefined && { namespace }),
    metric_expiration: goDuration(expiration),
    // Exemplars exist in this format alone.
    enable_open_metrics: true,
    resource_to_telemetry_conversion: { enabled: resourceAttributes },
  },
  needs: { ports: { "prometheus-exporter": { port, reach } } },
  problems: check.duration("expiration", expiration),
});
