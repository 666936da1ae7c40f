import { yaml, type Config } from "../../core/config";
import { connectsTo, type Endpoint } from "../../core/platform";
import { inMebibytes, type Size } from "../../core/units";
import type { AbsolutePath, Port, Workload } from "../../core/workload";
import { images } from "../../images";
import { defaultMemory, eachOf, nodeChecks, startupOf, twoNodes, type Engines, type ManagedNodes } from "./nodes";

export const cassandraNodeChecks = nodeChecks("1 GiB");

/** Settings have had these names since 4.1. */
export const oldestCassandra = "4.1.0";

/** What clients ask, and what other nodes do. */
export const cassandraPorts = {
  cql: { port: 9042 },
  internode: { port: 7000 },
} as const satisfies Record<string, Port>;

/** How the data centre of the stack's own nodes is called. */
export const datacenter = "dc1";

const settings = "/etc/cassandra-node";
const config: AbsolutePath = "/tmp/config";
const data: AbsolutePath = "/var/lib/cassandra";

/**
 * MiB of Java heap: the rest is for what Cassandra keeps beside it, and for files.
 *
 * Source: calculate_heap_sizes in conf/cassandra-env.sh of Cassandra.
 */
export function cassandraHeap(memory: Size): number {
  const mebibytes = inMebibytes(memory);
  return Math.floor(Math.max(Math.min(mebibytes / 2, 1024), Math.min(mebibytes / 4, 8192)));
}

/** Copies that a cluster of so many nodes keeps of each span. */
export const copiesOn = (nodes: number): number => Math.min(3, nodes);

/** A cluster of the stack's own, reached by whoever is declared to, and by nobody else. */
export function cassandraCluster(nodes: ManagedNodes): Engines {
  const { nodes: number, at } = nodes;
  const located = at.locate("cassandra", cassandraPorts, { replicas: number });
  return {
    endpoints: eachOf(located.cql),
    workloads: [node(nodes, located.internode)],
    warnings:
      number === 2 ? [twoNodes("while one of two nodes is down, spans are acknowledged with a single copy")] : [],
  };
}

function node(nodes: ManagedNodes, internode: Endpoint): Workload<keyof typeof cassandraPorts> {
  const { nodes: replicas, size, memory = defaultMemory, cpu, image = images.cassandra } = nodes;
  const heap = cassandraHeap(memory);
  return {
    name: "cassandra",
    component: "storage:Cassandra",
    image,
    command: ["/bin/bash", "-c", start],
    env: {
      CASSANDRA_CONF: config,
      MAX_HEAP_SIZE: `${heap}M`,
      // Asked for beside the other where the collector of garbage is the older one.
      HEAP_NEWSIZE: `${Math.floor(heap / 4)}M`,
      // Its log of garbage collections would fill a disk of its own.
      JVM_OPTS: "-Xlog:gc=warning:stderr",
      JVM_EXTRA_OPTS: [
        `-XX:MaxDirectMemorySize=${Math.floor(heap / 2)}m`,
        // Scratch folders may hold no programs, and part of it is one.
        `-Djna.tmpdir=${data}/tmp`,
        `-Djava.io.tmpdir=${data}/tmp`,
      ].join(" "),
    },
    files: {
      [`${settings}/cassandra.yaml`]: { content: yaml(settingsOf(replicas, internode)) },
      [`${settings}/cassandra-rackdc.properties`]: { content: `dc=${datacenter}\nrack=rack1\n` },
      [`${settings}/logback.xml`]: { content: logback },
    },
    volumes: {
      [data]: { kind: "persistent", name: "data", size, ownedByImage: true },
      "/tmp": { kind: "scratch", size: "32 MiB" },
    },
    ports: cassandraPorts,
    ...(replicas > 1 && connectsTo(internode)),
    // The port of clients opens when a node has its share of the data, and is one of the cluster.
    health: {
      port: "cql",
      command: ["/bin/bash", "-c", `exec 3<>"/dev/tcp/$HOSTNAME/${cassandraPorts.cql.port}"`],
      startup: startupOf(size),
    },
    awaited: true,
    // Two that join at once would take the same share.
    inTurn: true,
    memory,
    ...(cpu !== undefined && { cpu }),
    // Clients hear where the node before it is now from this one, before it goes as well.
    ...(replicas > 1 && { drain: "10s" as const }),
    grace: "2m",
    placement: { replicas },
  };
}

/** The program reads all its settings from one folder, part of which is the image's. */
const start = [
  "set -e",
  `rm -rf ${config}`,
  `cp -r /etc/cassandra ${config}`,
  `cp ${settings}/* ${config}/`,
  `mkdir -p ${data}/tmp`,
  "exec cassandra -f",
].join("\n");

/**
 * With three copies a second node has what is acknowledged. Where one node alone may have it, it is on disk before:
 * `periodic` writes marks into its log every 100 ms, and a node that is killed finds nothing after the last one.
 *
 * Source: CASSANDRA-13987.
 */
const commitLogOf = (copies: number): Config =>
  copies < 3 ? { commitlog_sync: "batch" } : { commitlog_sync: "periodic", commitlog_sync_period: "1s" };

/**
 * What is left out is as Cassandra has it. Addresses are those of the name of its machine.
 *
 * Source: src/java/org/apache/cassandra/config/Config.java of Cassandra.
 */
const settingsOf = (nodes: number, { host, members = [host] }: Endpoint): Config => ({
  cluster_name: "cassandra",
  num_tokens: 16,
  allocate_tokens_for_local_replication_factor: copiesOn(nodes),
  partitioner: "org.apache.cassandra.dht.Murmur3Partitioner",
  endpoint_snitch: "GossipingPropertyFileSnitch",
  // A seed takes no data over when it joins, so only the first, which has nobody to take it from, is one.
  seed_provider: [
    {
      class_name: "org.apache.cassandra.locator.SimpleSeedProvider",
      parameters: [{ seeds: `${members[0]!}:${cassandraPorts.internode.port}` }],
    },
  ],
  storage_port: cassandraPorts.internode.port,
  native_transport_port: cassandraPorts.cql.port,
  start_native_transport: true,
  ...commitLogOf(copiesOn(nodes)),
  // It stops answering, and is started again.
  disk_failure_policy: "stop",
  data_file_directories: [`${data}/data`],
  commitlog_directory: `${data}/commitlog`,
  saved_caches_directory: `${data}/saved_caches`,
  hints_directory: `${data}/hints`,
  cdc_raw_directory: `${data}/cdc_raw`,
});

/** To where the platform collects logs, and not into files. */
const logback = `<configuration>
  <appender name="STDOUT" class="ch.qos.logback.core.ConsoleAppender">
    <encoder>
      <pattern>%-5level [%thread] %date{ISO8601} %F:%L - %msg%n</pattern>
    </encoder>
  </appender>
  <root level="INFO">
    <appender-ref ref="STDOUT" />
  </root>
</configuration>
`;
