import { basicAuth } from "../../collector/extensions/basic-auth";
import { refTo, type Extension } from "../../collector/part";
import { merge } from "../../core/needs";
import { connectsTo, httpUrl, type Endpoint } from "../../core/platform";
import type { Version } from "../../core/version";
import type { TraceStorage } from "../../storage/storage";
import { archiveConfig, storageConfig } from "../../storage/version";

/** Names under which other parts find the storages. */
export const traces = "traces";
export const archive = "archive";
export const metrics = "metrics";

export interface JaegerStorageOptions {
  /** Jaeger that opens it. */
  readonly version: Version;
  readonly storage: TraceStorage;
  /** Prometheus with the metrics of span_metrics, for the Monitor page. @default - no such page */
  readonly metrics?: Endpoint;
}

/** How Jaeger tells Prometheus who it is, where it asks. */
export const metricsAuth = (prometheus: Endpoint | undefined): Extension | undefined =>
  prometheus?.login && basicAuth({ ...prometheus.login, kind: "client", name: "prometheus" });

/**
 * Opens the trace storage, the archive it may have, and the metrics that were made from spans.
 *
 * Source: cmd/internal/storageconfig/config.go and internal/config/promcfg of Jaeger.
 */
export function jaegerStorage({ version, storage, metrics: prometheus }: JaegerStorageOptions): Extension {
  const kept = archiveConfig(storage, version);
  const asking = metricsAuth(prometheus);
  const { needs, problems } = merge(storage.needs, prometheus && connectsTo(prometheus));
  return {
    role: "extension",
    type: "jaeger_storage",
    config: {
      backends: {
        [traces]: { [storage.kind]: storageConfig(storage, version) },
        ...(kept && { [archive]: { [storage.kind]: kept } }),
      },
      ...(prometheus && {
        metric_backends: {
          [metrics]: {
            prometheus: {
              endpoint: httpUrl(prometheus),
              ...(asking && { auth: { authenticator: refTo(asking) } }),
              // Prometheus adds unit and type to the names that span_metrics gives; Jaeger by default looks for bare ones.
              normalize_calls: true,
              normalize_duration: true,
              latency_unit: "ms",
            },
          },
        },
      }),
    },
    needs,
    problems,
  };
}
