import type { Config } from "../core/config";
import { atLeast, type Version } from "../core/version";

export interface SelfTelemetryOptions {
  /** Becomes `service.name` of what it says about itself. */
  readonly name: string;
  /** How much it measures about itself. @default "normal" */
  readonly level?: "basic" | "normal" | "detailed";
}

/** Port on which a Collector shows metrics about itself. */
export const metricsPort = { metrics: { port: 8888 } } as const;

/**
 * `service.telemetry`: metrics about itself, shown to Prometheus, and its log as JSON lines.
 *
 * Without the two keys set to false, names lack `_total` and their units. Names that OpenTelemetry writes with dots
 * (`http.server.request.duration`, at level detailed) keep them for a scraper that asks for UTF-8 and get underscores for
 * one that does not; so the scrape job chooses, by `metric_name_escaping_scheme`.
 *
 * Source: service/telemetry/otelconftelemetry of the Collector; v0.3.0/metric.go of contrib/otelconf.
 */
export const selfTelemetry =
  ({ name, level = "normal" }: SelfTelemetryOptions) =>
  (version: Version): Config => ({
    metrics: {
      level,
      readers: [
        {
          pull: {
            exporter: {
              prometheus: {
                host: "0.0.0.0",
                port: metricsPort.metrics.port,
                without_type_suffix: false,
                without_units: false,
                // Labels that say which Go package measured are nobody's question.
                without_scope_info: true,
              },
            },
          },
        },
      ],
    },
    logs: { level: "info", encoding: "json" },
    resource: atLeast(version, "0.151.0")
      ? { attributes: [{ name: "service.name", value: name }] }
      : { "service.name": name },
  });
