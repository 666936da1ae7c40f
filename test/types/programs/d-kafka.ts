import * as pulumi from "@pulumi/pulumi";
import { cassandra, dockerHost, Jaeger, kafka, kafkaBuffer, OtelCollector, otlp } from "sightline";

// Traces wait in a Kafka of others, whose certificates an authority of its own signs, as Strimzi's are.
const config = new pulumi.Config();
const platform = dockerHost({ name: "buffered" });
const buffer = kafkaBuffer({
  external: {
    brokers: ["kafka-1.example.com:9093", "kafka-2.example.com:9093"],
    user: "tracing",
    password: { secret: config.requireSecret("kafkaPassword") },
    ca: { secret: config.requireSecret("kafkaCa") },
  },
  topic: "traces",
});

new OtelCollector("writer", {
  platform,
  pipelines: {
    traces: {
      receivers: [otlp({ reach: "outside" })],
      exporters: [kafka({ ...buffer.client, name: "buffer", topics: { traces: buffer.topic } })],
    },
  },
});
new Jaeger("reader", {
  platform,
  buffer,
  storage: cassandra({ external: { servers: ["cassandra.example.com:9042"], datacenter: "dc1" } }),
});
