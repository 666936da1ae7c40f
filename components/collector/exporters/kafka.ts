import { connectsTo, hostPort, type Endpoint } from "../../core/platform";
import { within } from "../../core/problems";
import type { Secret } from "../../core/workload";
import * as check from "../checks";
import type { Exporter, Signal } from "../part";
import { secretVariable } from "../secrets";
import { queue, type QueueOptions } from "./queue";

export interface KafkaOptions {
  /** Tells several of them apart: `buffer`. */
  readonly name: string;
  readonly brokers: readonly [Endpoint, ...Endpoint[]];
  /** @default - otlp_spans, otlp_metrics and otlp_logs */
  readonly topics?: { readonly traces?: string; readonly metrics?: string; readonly logs?: string };
  /** @default "otlp_proto" */
  readonly encoding?: "otlp_proto" | "otlp_json";
  /** Keeps all spans of a trace in one partition, which a sampling tier behind needs. @default true */
  readonly partitionTracesById?: boolean;
  /** Brokers that must have a message before it counts as sent: all in sync, the leader, or none. @default "all" */
  readonly requiredAcks?: "all" | "leader" | "none";
  /** @default "zstd" */
  readonly compression?: "zstd" | "snappy" | "lz4" | "gzip" | "none";
  /** @default false */
  readonly tls?: boolean;
  /** @default - nobody is asked */
  readonly sasl?: KafkaSasl;
  /** @default - in memory, 500 to 1,000 items a request, which keeps a message under Kafka's own limit of 1 MB */
  readonly queue?: QueueOptions;
}

export interface KafkaSasl {
  readonly mechanism: "PLAIN" | "SCRAM-SHA-256" | "SCRAM-SHA-512";
  readonly username: string;
  readonly password: Secret;
}

const acks = { all: -1, leader: 1, none: 0 } as const;

/**
 * Sends to Kafka, where bursts may outrun what stores them.
 *
 * Source: exporter/kafkaexporter of the Collector's contrib repository.
 */
export function kafka({
  name,
  brokers,
  topics = {},
  encoding = "otlp_proto",
  partitionTracesById = true,
  requiredAcks = "all",
  compression = "zstd",
  tls = false,
  sasl,
  ...options
}: KafkaOptions): Exporter<Signal> {
  const { config, extensions, problems } = queue({ batch: { min: 500, max: 1_000 }, ...options.queue });
  const password = sasl && secretVariable(sasl.password, "kafka", name, "password");
  const signal = (topic: string) => ({ topic, encoding });
  return {
    role: "exporter",
    type: "kafka",
    name,
    carries: { traces: true, metrics: true, logs: true },
    config: {
      brokers: brokers.map(hostPort),
      traces: signal(topics.traces ?? "otlp_spans"),
      metrics: signal(topics.metrics ?? "otlp_metrics"),
      logs: signal(topics.logs ?? "otlp_logs"),
      partition_traces_by_id: partitionTracesById,
      producer: { required_acks: acks[requiredAcks], compression },
      ...(tls && { tls: { insecure: false } }),
      ...(sasl &&
        password && {
          auth: { sasl: { mechanism: sasl.mechanism, username: sasl.username, password: password.reference } },
        }),
      ...config,
    },
    needs: { ...connectsTo(...brokers), ...(password && { env: password.env }) },
    extensions,
    problems: [...within("queue", problems), ...check.some("brokers", brokers, "name at least one")],
  };
}
