import type { JavaEngine } from "./engine";

/** The controller listens on this much more than the clients' port. */
const controller = 1;

/** One process that is broker and controller. */
export const kafka: JavaEngine = {
  folder: "kafka",
  version: "4.1.1",
  source: "org.apache.kafka:kafka_2.13:4.1.1",
  java: [17, 25],
  port: 8092,
  heap: 384,
  files: ({ folder, port }) => ({
    "server.properties": [
      "process.roles=broker,controller",
      "node.id=1",
      `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${port + controller}`,
      `controller.quorum.bootstrap.servers=127.0.0.1:${port + controller}`,
      "controller.listener.names=CONTROLLER",
      `log.dirs=${folder}/data`,
      "num.partitions=2",
      "offsets.topic.num.partitions=2",
      "offsets.topic.replication.factor=1",
      "transaction.state.log.replication.factor=1",
      "transaction.state.log.min.isr=1",
      "group.initial.rebalance.delay.ms=0",
      "",
    ].join("\n"),
  }),
  prepare: {
    once: "data/meta.properties",
    command: ({ folder }) => [
      "kafka.tools.StorageTool",
      "format",
      "--standalone",
      ...["--cluster-id", "c2lnaHRsaW5lLWthZmthMQ"],
      ...["--config", `${folder}/server.properties`],
    ],
  },
  command: ({ folder }) => ["kafka.Kafka", `${folder}/server.properties`],
};
