import { httpUrl } from "../../core/platform";
import type { AbsolutePath } from "../../core/workload";
import * as check from "../checks";
import type { Exporter } from "../part";
import { clientConfig, clientExtensions, clientNeeds, clientProblems, encrypts, type ClientOptions } from "./client";

export interface PrometheusRemoteWriteOptions extends ClientOptions {
  /** Tells several of them apart: `mimir`. */
  readonly name: string;
  /** @default "/api/v1/write" */
  readonly path?: AbsolutePath;
  /** Added to each series: what tells apart Collectors that write the same series. @default - none */
  readonly externalLabels?: Readonly<Record<string, string>>;
  /** Requests that may wait, in memory; more are refused. This exporter has no queue on disk. @default 10_000 */
  readonly capacity?: number;
  /** Makes labels of all resource attributes. @default false */
  readonly resourceAttributes?: boolean;
}

/**
 * Writes metrics to what takes Prometheus' remote write. Delta metrics are dropped, since the protocol has none.
 *
 * Source: exporter/prometheusremotewriteexporter of the Collector's contrib repository.
 */
export const prometheusRemoteWrite = ({
  name,
  path = "/api/v1/write",
  externalLabels,
  capacity = 10_000,
  resourceAttributes = false,
  ...options
}: PrometheusRemoteWriteOptions): Exporter<"metrics"> => ({
  role: "exporter",
  type: "prometheus_remote_write",
  formerly: { type: "prometheusremotewrite", before: "0.154.0" },
  name,
  carries: { metrics: true },
  config: {
    endpoint: `${httpUrl({ ...options.to, secure: encrypts(options) })}${path}`,
    ...clientConfig(`prometheus_remote_write-${name}`, options),
    ...(externalLabels && { external_labels: externalLabels }),
    resource_to_telemetry_conversion: { enabled: resourceAttributes },
    retry_on_failure: { enabled: true, initial_interval: "1s", max_interval: "30s", max_elapsed_time: "0s" },
    remote_write_queue: { enabled: true, queue_size: capacity, num_consumers: 5 },
  },
  needs: clientNeeds(`prometheus_remote_write-${name}`, options),
  extensions: clientExtensions(options),
  problems: [...check.count("capacity", capacity), ...clientProblems(options)],
});
