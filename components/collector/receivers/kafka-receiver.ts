import { atLeast } from "../../core/version";
import { kafkaClient, type KafkaClient } from "../kafka-client";
import type { Receiver } from "../part";

export interface KafkaReceiverOptions extends KafkaClient {
  /** Tells several of them apart. @default - the type alone */
  readonly name?: string;
  /** @default "otlp_spans" */
  readonly topic?: string;
  /** @default "otlp_proto" */
  readonly encoding?: "otlp_proto" | "otlp_json" | "jaeger_proto" | "zipkin_proto";
  /** Readers that share the topic's partitions among them. @default "otel-collector" */
  readonly group?: string;
}

/**
 * Takes spans out of Kafka. A message counts as read once the pipeline has answered for it, and is tried again for ever
 * while it cannot: what is behind has to answer when it has the spans, so it may hold them in no queue. One that is refused
 * for ever stops all partitions; one that cannot be read stops its own, for it would else be dropped.
 *
 * Source: receiver/kafkareceiver of the Collector's contrib repository.
 */
export function kafkaReceiver({
  name,
  topic = "otlp_spans",
  encoding = "otlp_proto",
  group = "otel-collector",
  ...client
}: KafkaReceiverOptions): Receiver<"traces"> {
  const { config, needs, problems } = kafkaClient(name, client);
  return {
    role: "receiver",
    type: "kafka",
    ...(name !== undefined && { name }),
    carries: { traces: true },
    config: (version) => ({
      ...config,
      traces: { ...(atLeast(version, "0.142.0") ? { topics: [topic] } : { topic }), encoding },
      group_id: group,
      // By default a group that reads for the first time passes over all that waits already.
      initial_offset: "earliest",
      // By default a message counts as read before anybody has it, and the first error stops its partition.
      message_marking: { after: true, on_error: false, on_permanent_error: false },
      error_backoff: { enabled: true, initial_interval: "1s", max_interval: "30s", max_elapsed_time: "0s" },
      telemetry: { metrics: { kafka_receiver_records_delay: { enabled: true } } },
    }),
    needs,
    problems,
  };
}
