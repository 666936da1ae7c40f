import { within } from "../../core/problems";
import { inBytes, type Size } from "../../core/units";
import * as check from "../checks";
import { kafkaClient, type KafkaClient } from "../kafka-client";
import { worthSending } from "../limits";
import type { Exporter, Signal } from "../part";
import { queue, type QueueOptions } from "./queue";

export interface KafkaOptions extends KafkaClient {
  /** Tells several of them apart: `buffer`. */
  readonly name: string;
  /** @default - otlp_spans, otlp_metrics and otlp_logs */
  readonly topics?: { readonly traces?: string; readonly metrics?: string; readonly logs?: string };
  /** @default "otlp_proto" */
  readonly encoding?: "otlp_proto" | "otlp_json";
  /**
   * Keeps all spans of a trace in one partition, which a sampling tier behind needs: a message for each trace. Without,
   * a message is a batch.
   *
   * @default true
   */
  readonly partitionTracesById?: boolean;
  /** Brokers that must have a message before it counts as sent: all in sync, the leader, or none. @default "all" */
  readonly requiredAcks?: "all" | "leader" | "none";
  /** @default "zstd" */
  readonly compression?: "zstd" | "snappy" | "lz4" | "gzip" | "none";
  /**
   * Largest message that the topic takes, measured before compression; a larger one is dropped and counted, as an error
   * that no repetition mends.
   *
   * @default - 1,000,000 bytes
   */
  readonly largest?: Size;
  /** @default - in memory, requests of up to 900,000 bytes, which keeps a message under Kafka's own limit of 1 MB */
  readonly queue?: QueueOptions;
}

/** A message is stored as a whole, and what stands around its spans is part of it. */
const messages = { sizer: "bytes", min: worthSending, max: 900_000 } as const;

const acks = { all: -1, leader: 1, none: 0 } as const;

/**
 * Sends to Kafka, where bursts may outrun what stores them.
 *
 * Source: exporter/kafkaexporter of the Collector's contrib repository.
 */
export function kafka({
  name,
  topics = {},
  encoding = "otlp_proto",
  partitionTracesById = true,
  requiredAcks = "all",
  compression = "zstd",
  largest,
  ...options
}: KafkaOptions): Exporter<Signal> {
  const { config, extensions, problems } = queue({ batch: messages, ...options.queue });
  const client = kafkaClient(name, options);
  const signal = (topic: string) => ({ topic, encoding });
  return {
    role: "exporter",
    type: "kafka",
    name,
    carries: { traces: true, metrics: true, logs: true },
    config: {
      ...client.config,
      traces: signal(topics.traces ?? "otlp_spans"),
      metrics: signal(topics.metrics ?? "otlp_metrics"),
      logs: signal(topics.logs ?? "otlp_logs"),
      partition_traces_by_id: partitionTracesById,
      producer: {
        required_acks: acks[requiredAcks],
        compression,
        ...(largest !== undefined && { max_message_bytes: inBytes(largest) }),
      },
      ...config,
    },
    needs: client.needs,
    extensions,
    problems: [...within("queue", problems), ...client.problems, ...check.size("largest", largest)],
  };
}
