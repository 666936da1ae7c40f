import { connectsTo, type Endpoint } from "../core/platform";
import type { Problem } from "../core/problems";
import { inBytes, inMebibytes, inMilliseconds, type Duration, type Size } from "../core/units";
import type { AbsolutePath, Port, Workload } from "../core/workload";
import { images } from "../images";
import {
  defaultMemory,
  eachOf,
  nodeChecks,
  startupOf,
  tooOld,
  type Engines,
  type ManagedNodes,
} from "../storage/managed/nodes";
import { count, optional, wholeSeconds, type Checks } from "../storage/options";

/** Kafka of the stack's own: every node is broker and controller. */
export interface Brokers extends ManagedNodes {
  /** 1 or 3, for good: those that are added later could decide without those that have the data. */
  readonly nodes: number;
  /** How long traces can wait there, at least an hour; what waits longer is deleted. @default "24h" */
  readonly outage?: Duration;
  /**
   * Parts of the topic: as many messages are stored at once, by all processes of Jaeger together. The topic keeps the
   * number it was made with.
   *
   * @default 12
   */
  readonly partitions?: number;
}

const hour = 3_600_000;

export const brokerChecks: Checks<Brokers> = {
  ...nodeChecks("512 MiB", "partitions and what Kafka notes of itself"),
  nodes: (value) =>
    value === 1 || value === 3
      ? []
      : [
          {
            path: "",
            value,
            reason: "must be 1 or 3: every broker is also a controller, and a majority of them must agree",
            remedy: "write 3; for more brokers, use your own Kafka: external",
          },
        ],
  outage: optional((value) => {
    const problems = wholeSeconds(value);
    return problems.length > 0 || inMilliseconds(value as Duration) >= hour
      ? problems
      : [
          {
            path: "",
            value,
            reason: "shorter than the time until an alert says that spans are waiting",
            remedy: 'write "1h" or more',
          },
        ];
  }),
  partitions: optional(count),
};

/** What clients and other brokers ask, and what controllers ask each other. */
export const kafkaPorts = { kafka: { port: 9092 }, controller: { port: 9093 } } as const satisfies Record<string, Port>;

const settings = "/etc/kafka-node";
const data: AbsolutePath = "/var/lib/kafka/data";
/** Some id: brokers of a stack reach no other cluster. */
const clusterId = "c2lnaHRsaW5lLWJ1ZmZlcg";

/** Copies of each message, and how many of them there are when it is acknowledged. */
const copiesOn = (nodes: number) => ({ copies: Math.min(3, nodes), acknowledged: nodes > 2 ? 2 : 1 });

/** Brokers of the stack's own, reached by whoever is declared to, and by nobody else. */
export function kafkaCluster(brokers: Brokers, largest: Size): Engines {
  const { nodes, at } = brokers;
  const located = at.locate("kafka", kafkaPorts, { replicas: nodes });
  return {
    endpoints: eachOf(located.kafka),
    workloads: [broker(brokers, largest, located)],
    warnings:
      nodes === 1
        ? [
            {
              path: "managed.nodes",
              value: nodes,
              reason: "senders wait while the only broker is down, and its data is lost with its volume",
              remedy: "use 3 from the start: changing the number of brokers starts with empty ones",
            },
          ]
        : [],
  };
}

function broker(
  brokers: Brokers,
  largest: Size,
  located: Record<keyof typeof kafkaPorts, Endpoint>,
): Workload<keyof typeof kafkaPorts> {
  const { nodes: replicas, size, memory = defaultMemory, cpu, image = images.kafka } = brokers;
  const heap = heapOf(memory);
  return {
    name: "kafka",
    component: "buffer:Kafka",
    image,
    command: ["/bin/bash", "-c", start(replicas, located.kafka)],
    env: {
      KAFKA_HEAP_OPTS: `-Xms${heap}m -Xmx${heap}m`,
      KAFKA_LOG4J_OPTS: `-Dlog4j2.configurationFile=${settings}/log4j2.yaml`,
      // Scratch folders may hold no programs, and what unpacks messages is one.
      KAFKA_OPTS: `-Djava.io.tmpdir=${data}/tmp`,
      LOG_DIR: "/tmp/logs",
      // Its log of garbage collections would fill a disk of its own.
      EXTRA_ARGS: "-name kafkaServer",
    },
    files: {
      [`${settings}/server.properties`]: { content: settingsOf(brokers, largest, located.controller) },
      [`${settings}/log4j2.yaml`]: { content: logging },
    },
    volumes: {
      [data]: { kind: "persistent", name: "data", size, ownedByImage: true },
      "/tmp": { kind: "scratch", size: "32 MiB" },
      // The image declares these: without them Docker would make volumes that nobody names.
      "/etc/kafka/secrets": { kind: "scratch", size: "1 MiB" },
      "/mnt/shared/config": { kind: "scratch", size: "1 MiB" },
    },
    ports: kafkaPorts,
    ...(replicas > 1 && connectsTo(located.kafka, located.controller)),
    // The port of clients opens when the broker has caught up with its controllers.
    health: {
      port: "kafka",
      command: ["/bin/bash", "-c", `exec 3<>/dev/tcp/127.0.0.1/${kafkaPorts.kafka.port}`],
      startup: startupOf(size),
    },
    awaited: true,
    memory,
    ...(cpu !== undefined && { cpu }),
    grace: "2m",
    placement: { replicas },
  };
}

/**
 * MiB of Java heap: the rest keeps files at hand.
 *
 * Source: "Java Version" under "Operations" in the documentation of Kafka, which gives 6 GB to a busy broker.
 */
const heapOf = (memory: Size): number => Math.min(Math.floor(inMebibytes(memory) / 2), 6 * 1024);

/** Each broker has a number, and says under which name it is reached. */
function start(nodes: number, { host, port, members }: Endpoint): string {
  const several = nodes > 1 && members !== undefined;
  const domain = several ? members[0]!.slice(members[0]!.indexOf(".")) : "";
  const properties = "/tmp/server.properties";
  return [
    "set -e",
    // A process that was killed leaves there what it had unpacked.
    `rm -rf ${data}/tmp`,
    `mkdir -p ${data}/tmp`,
    `cat ${settings}/server.properties > ${properties}`,
    `echo "node.id=${several ? "${HOSTNAME##*-}" : "0"}" >> ${properties}`,
    `echo "advertised.listeners=PLAINTEXT://${several ? `$HOSTNAME${domain}` : host}:${port}" >> ${properties}`,
    `/opt/kafka/bin/kafka-storage.sh format --ignore-formatted --cluster-id ${clusterId} --config ${properties}`,
    `exec /opt/kafka/bin/kafka-server-start.sh ${properties}`,
  ].join("\n");
}

/** Share of a volume that messages may take; each partition may be one file above its own. */
const usedPercent = 70;
const defaultPartitions = 12;
/** What is so where options do not say. */
export const brokerDefaults = { outage: "24h", partitions: defaultPartitions } as const;
const gibibyte = 1024 ** 3;

/** Bytes that each partition may take. */
const bytesOf = ({ nodes, size, partitions = defaultPartitions }: Pick<Brokers, "nodes" | "size" | "partitions">) =>
  Math.floor((inBytes(size) * usedPercent * nodes) / (100 * copiesOn(nodes).copies * partitions));

/** What is wrong with brokers that would run: too old, or with volumes that hold less than is written at once. */
export function brokerProblems(brokers: Brokers, largest: Size): Problem[] {
  const { nodes, size, partitions = defaultPartitions } = brokers;
  const least = 8 * inBytes(largest);
  const mebibytes = Math.ceil((100 * least * copiesOn(nodes).copies * partitions) / (usedPercent * nodes) / 1024 ** 2);
  return [
    ...tooOld("Kafka", brokers.image ?? images.kafka, oldest),
    ...(bytesOf(brokers) >= least
      ? []
      : [
          {
            path: "managed.size",
            value: size,
            reason: `not enough for ${partitions} partitions and messages of ${largest}`,
            remedy: `write "${mebibytes} MiB" or more, or fewer partitions`,
          },
        ]),
  ];
}

/** Its brokers are controllers without further programs, and log as this one does. */
const oldest = "4.0.0";

/**
 * Topics made on first use are as they should be. What is oldest goes when its time is over, or when the volume would
 * fill up, which stops a broker.
 *
 * Source: "Broker Configs" in the documentation of Kafka.
 */
function settingsOf(
  { nodes, size, outage = brokerDefaults.outage, partitions = defaultPartitions }: Brokers,
  largest: Size,
  // A broker alone finds itself: the name of all is known when it is ready, which takes a controller.
  { port, members = ["localhost"] }: Endpoint,
): string {
  const { copies, acknowledged } = copiesOn(nodes);
  const milliseconds = inMilliseconds(outage);
  const eachPartition = bytesOf({ nodes, size, partitions });
  const properties: Readonly<Record<string, string | number | boolean>> = {
    "process.roles": "broker,controller",
    "controller.quorum.voters": members.map((member, id) => `${id}@${member}:${port}`).join(","),
    listeners: `PLAINTEXT://:${kafkaPorts.kafka.port},CONTROLLER://:${kafkaPorts.controller.port}`,
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "PLAINTEXT",
    // Not the volume itself, where a file system keeps a folder of its own.
    "log.dirs": `${data}/log`,
    "auto.create.topics.enable": true,
    "num.partitions": partitions,
    "default.replication.factor": copies,
    "min.insync.replicas": acknowledged,
    "offsets.topic.replication.factor": copies,
    "transaction.state.log.replication.factor": copies,
    "transaction.state.log.min.isr": acknowledged,
    "message.max.bytes": inBytes(largest),
    "replica.fetch.max.bytes": inBytes(largest),
    "log.retention.ms": milliseconds,
    "log.roll.ms": milliseconds,
    "log.retention.bytes": eachPartition,
    // By default a volume is looked at each five minutes, and a file goes a minute later.
    "log.retention.check.interval.ms": 10_000,
    "log.segment.delete.delay.ms": 1_000,
    // Whole files go, and never the one that is written.
    "log.segment.bytes": Math.min(gibibyte, Math.max(Math.floor(eachPartition / 8), inBytes(largest))),
    // Where a reader has come to is known for as long as there is something to read.
    "offsets.retention.minutes": Math.max(7 * 24 * 60, Math.ceil(milliseconds / 60_000)),
  };
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${value}\n`)
    .join("");
}

/** To where the platform collects logs, and not into files. */
const logging = `Configuration:
  Appenders:
    Console:
      name: STDOUT
      PatternLayout:
        pattern: "[%d] %p %m (%c)%n"
  Loggers:
    Root:
      level: INFO
      AppenderRef:
        - ref: STDOUT
`;
