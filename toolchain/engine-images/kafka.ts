import type { EngineImage } from "./definition";

const tools: Readonly<Record<string, string>> = {
  "server-start": "kafka.Kafka",
  storage: "kafka.tools.StorageTool",
  topics: "org.apache.kafka.tools.TopicCommand",
  configs: "kafka.admin.ConfigCommand",
  "consumer-groups": "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand",
  "broker-api-versions": "org.apache.kafka.tools.BrokerApiVersionsCommand",
  "metadata-quorum": "org.apache.kafka.tools.MetadataQuorumCommand",
  "get-offsets": "org.apache.kafka.tools.GetOffsetShell",
  "console-producer": "org.apache.kafka.tools.ConsoleProducer",
  "console-consumer": "org.apache.kafka.tools.consumer.ConsoleConsumer",
};

/** The scripts of a distribution: each runs one class. */
const scripts = Object.fromEntries(
  Object.entries(tools).map(([name, main]) => [
    `/opt/kafka/bin/kafka-${name}.sh`,
    `#!/bin/bash\nexec /opt/kafka/bin/kafka-run-class.sh ${main} "$@"\n`,
  ]),
);

/** Source: docker/jvm/Dockerfile and docker/resources/common-scripts of Kafka. */
export const kafka: EngineImage = {
  engine: "kafka",
  tag: (version) => version,
  users: { appuser: 1000 },
  jars: { folder: "/opt/kafka/libs" },
  files: scripts,
  directories: {
    "/etc/kafka": { owner: 1000, group: 0, mode: 0o775 },
    "/etc/kafka/secrets": { owner: 1000, group: 0, mode: 0o775 },
    "/mnt/shared/config": { owner: 1000 },
    "/opt/kafka": { owner: 1000 },
    "/opt/kafka/config": { owner: 1000 },
    "/opt/kafka/logs": { owner: 1000 },
    "/var/lib/kafka": { owner: 1000, group: 0, mode: 0o775 },
    "/var/lib/kafka/data": { owner: 1000, group: 0, mode: 0o775 },
  },
  config: {
    User: "1000",
    Cmd: ["/etc/kafka/docker/run"],
    Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/java/bin"],
    ExposedPorts: [9092],
    Volumes: ["/etc/kafka/secrets", "/mnt/shared/config", "/var/lib/kafka/data"],
  },
};
