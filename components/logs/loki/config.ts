import type { Config } from "../../core/config";
import { inMebibytes, wholeDuration, type Duration, type Size } from "../../core/units";
import { streams } from "../streams";

export interface LokiConfigArgs {
  /** How long lines are kept, a day or more. @default "7d" */
  readonly retention?: Duration;
  /** Memory the whole process may use: the limit of its container. */
  readonly memory: Size;
}

/** Port that Loki listens on for HTTP. */
export const port = 3100;

const grpc = 9095;

/** Folder that the image gives to its own user. */
export const data = "/loki";

/**
 * Bytes that its parts take from each other: a request of a Collector, where each line has the attributes of its resource
 * with it.
 */
const largestWithin = 256 * 1024 ** 2;

/** More than any disk takes, in MB and MB/s. */
const withoutLimit = 10_000;

/**
 * Configuration of a Loki that does everything in one process, on one disk.
 *
 * Source: docs/sources/shared/configuration.md of Loki 3.7.
 */
export const lokiConfig = ({ retention = "7d", memory }: LokiConfigArgs): Config => ({
  auth_enabled: false,
  // Its parts talk gRPC to each other in this process alone.
  server: {
    http_listen_port: port,
    grpc_listen_address: "127.0.0.1",
    grpc_listen_port: grpc,
    // The defaults of 4 MiB are below what its own HTTP takes, and what does not pass is asked for again for ever.
    grpc_server_max_recv_msg_size: largestWithin,
    grpc_server_max_send_msg_size: largestWithin,
  },
  analytics: { reporting_enabled: false },
  common: {
    path_prefix: data,
    // Its parts find each other here. Left to itself, Loki picks an interface by name, and queries hang where it guesses wrong.
    instance_addr: "127.0.0.1",
    replication_factor: 1,
    ring: { kvstore: { store: "inmemory" } },
    storage: { filesystem: { chunks_directory: `${data}/chunks`, rules_directory: `${data}/rules` } },
  },
  // Named, since looking for the scheduler in the ring takes ten seconds, in which no query is answered.
  frontend: { scheduler_address: `127.0.0.1:${grpc}` },
  frontend_worker: { scheduler_address: `127.0.0.1:${grpc}` },
  schema_config: {
    configs: [
      {
        // Structured metadata needs this schema from the first day on.
        from: "2024-01-01",
        store: "tsdb",
        object_store: "filesystem",
        schema: "v13",
        index: { prefix: "index_", period: "24h" },
      },
    ],
  },
  ingester: {
    // After a crash it reads what it had not yet stored, and the default of 4 GB would end in another one.
    wal: { replay_memory_ceiling: `${Math.floor(inMebibytes(memory) / 2)}MB` },
    // The default of 15 s lets others learn of it; there are none.
    lifecycler: { min_ready_duration: "0s" },
  },
  compactor: { retention_enabled: true, delete_request_store: "filesystem" },
  limits_config: {
    retention_period: wholeDuration(retention),
    // Whoever sends here waits until it is answered. A limit of rate would only slow a queue that drains, and hold a request
    // above the burst for ever.
    ingestion_rate_mb: withoutLimit,
    ingestion_burst_size_mb: withoutLimit,
    per_stream_rate_limit: `${withoutLimit}MB`,
    per_stream_rate_limit_burst: `${withoutLimit}MB`,
    // A line that is too long loses its end rather than all of itself.
    max_line_size_truncate: true,
    otlp_config: {
      resource_attributes: {
        ignore_defaults: true,
        attributes_config: [{ action: "index_label", attributes: [...streams] }],
      },
    },
  },
});
