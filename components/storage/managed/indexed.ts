import { yaml, type Config } from "../../core/config";
import { connectsTo, type Endpoint } from "../../core/platform";
import { inMebibytes, type Size } from "../../core/units";
import type { Version } from "../../core/version";
import type { AbsolutePath, Port, Workload } from "../../core/workload";
import type { Release } from "../../images";
import { count, optional, type Checks } from "../options";
import { defaultMemory, nodeChecks, startupOf, twoNodes, type Engines, type ManagedNodes } from "./nodes";

/** In what Elasticsearch and OpenSearch differ. */
export interface Dialect {
  readonly image: Release;
  /** Oldest one this configuration is written for. */
  readonly oldest: Version;
  /** Its folder in the image, and the one it starts in. */
  readonly home: AbsolutePath;
  /** Variables that hold options of Java, and name folders. */
  readonly variables: { readonly options: string; readonly config: string; readonly temporary: string };
  /** Role of those that may lead the cluster. */
  readonly managerRole: string;
  /** Setting that names those that make the cluster, once. */
  readonly initialManagers: string;
  /** Settings of some versions alone. */
  readonly settings: (version: Version) => Config & object;
  /** What a shell does before it starts. @default - nothing */
  readonly prepare?: string;
}

/** Nodes of an OpenSearch or Elasticsearch. */
export interface IndexedNodes extends ManagedNodes {
  /** Nodes that lead the cluster and hold no data. @default - none below ten nodes, from there on three */
  readonly managers?: number;
}

export const indexedNodeChecks: Checks<IndexedNodes> = {
  ...nodeChecks("1 GiB"),
  managers: optional((value) =>
    count(value).length === 0 && Number(value) % 2 === 1 && value !== 1
      ? []
      : [{ path: "", value, reason: "not an odd number above 1", remedy: "write 3, so that two form a majority" }],
  ),
};

/** The ports of a node: what clients ask, and what other nodes do. */
export const searchPorts = {
  search: { port: 9200 },
  transport: { port: 9300 },
} as const satisfies Record<string, Port>;

/** From as many nodes on, whoever leads them has no time for anything else. */
const large = 10;
const manager = { memory: "2 GiB", size: "10 GiB" } as const;

/** Nodes that make a cluster the first time, of as many as there are: only these, so that no later one makes another. */
const founders = 3;

/** Time until nobody sends a node new connections. */
const drain = "5s";

/** Beyond it Java needs longer pointers, which cost more than they bring. */
const largestHeap = 31 * 1024;

/**
 * Half of the memory, so that the other half keeps files at hand.
 *
 * Source: "Set the JVM heap size" in the documentation of Elasticsearch, "Important settings" in that of OpenSearch.
 */
export const heapOf = (memory: Size): number => Math.min(Math.floor(inMebibytes(memory) / 2), largestHeap);

/** A cluster of the stack's own, reached by whoever is declared to, and by nobody else. */
export function searchCluster(kind: "elasticsearch" | "opensearch", dialect: Dialect, nodes: IndexedNodes): Engines {
  const { nodes: number, size, memory = defaultMemory, cpu, at, image = dialect.image } = nodes;
  const { managers = number >= large ? 3 : 0 } = nodes;
  const data = at.locate(kind, searchPorts, { replicas: number });
  const leaders = managers > 0 ? at.locate(`${kind}-manager`, searchPorts, { replicas: managers }) : undefined;
  const cluster = {
    kind,
    dialect,
    image,
    nodes: number,
    transports: [data.transport, ...(leaders === undefined ? [] : [leaders.transport])],
    founders: namesOf((leaders ?? data).transport).slice(0, founders),
  };
  return {
    // One name for all that are ready: told of each node, Jaeger fails a request to find that one is away.
    endpoints: [data.search],
    workloads: [
      ...(leaders === undefined
        ? []
        : [node(`${kind}-manager`, { ...cluster, ...manager, roles: [dialect.managerRole], replicas: managers })]),
      node(kind, {
        ...cluster,
        size,
        memory,
        ...(cpu !== undefined && { cpu }),
        ...(leaders !== undefined && { roles: ["data", "ingest"] }),
        replicas: number,
      }),
    ],
    warnings:
      number === 2
        ? [twoNodes("one of two nodes cannot form a majority: while one is down, no new index can be created")]
        : [],
  };
}

interface Node {
  readonly kind: string;
  readonly dialect: Dialect;
  readonly image: Release;
  /** Nodes with data in the cluster. */
  readonly nodes: number;
  /** Where each workload of the cluster is reached by its nodes. */
  readonly transports: readonly Endpoint[];
  readonly founders: readonly string[];
  readonly roles?: readonly string[];
  readonly replicas: number;
  readonly size: Size;
  readonly memory: Size;
  readonly cpu?: number;
}

/** Names of nodes: a process takes that of its machine, which is the first part of its name in DNS. */
const namesOf = ({ host, members = [host] }: Endpoint): readonly string[] =>
  members.map((member) => member.split(".")[0]!);

function node(name: string, args: Node): Workload<keyof typeof searchPorts> {
  const { kind, dialect, image, nodes, transports, replicas, size, memory, cpu } = args;
  const { home, variables } = dialect;
  const heap = heapOf(memory);
  const settings: AbsolutePath = `/etc/${kind}/${kind}.yml`;
  const data: AbsolutePath = `${home}/data`;
  return {
    name,
    component: `storage:${kind === "opensearch" ? "OpenSearch" : "Elasticsearch"}`,
    image,
    command: ["/bin/bash", "-c", start(kind, dialect, settings)],
    env: {
      [variables.config]: config,
      [variables.temporary]: "/tmp",
      [variables.options]: `-Xms${heap}m -Xmx${heap}m`,
    },
    files: { [settings]: { content: yaml(settingsOf(args)) } },
    volumes: {
      [data]: { kind: "persistent", name: "data", size, ownedByImage: true },
      "/tmp": { kind: "scratch", size: "64 MiB" },
    },
    ports: searchPorts,
    ...(nodes > 1 && connectsTo(...transports)),
    health: {
      port: "search",
      path: "/",
      // The next one is replaced only when every copy is back. One node alone has no copies.
      startPath: `/_cluster/health?wait_for_status=${nodes > 1 ? "green" : "yellow"}&timeout=1s`,
      command: ["/bin/bash", "-c", `exec 3<>/dev/tcp/127.0.0.1/${searchPorts.search.port}`],
      startup: startupOf(size),
    },
    awaited: true,
    memory,
    ...(cpu !== undefined && { cpu }),
    // Those that ask it have heard of another one before it goes.
    ...(nodes > 1 && { drain }),
    grace: "2m",
    placement: { replicas },
  };
}

const config: AbsolutePath = "/tmp/config";

/**
 * The program writes into the folder of its settings, which is read-only in the image. Its log of garbage collections
 * would fill a disk of its own.
 */
const start = (kind: string, { home, prepare }: Dialect, settings: AbsolutePath): string =>
  [
    "set -e",
    `cd ${home}`,
    `rm -rf ${config}`,
    `cp -r config ${config}`,
    `cp ${settings} ${config}/`,
    `grep -v gc.log config/jvm.options > ${config}/jvm.options`,
    ...(prepare === undefined ? [] : [prepare]),
    `exec bin/${kind} "$@"`,
  ].join("\n");

/**
 * Several nodes find each other by the name that lists them; those that are to make the cluster are named once, and that
 * is passed over by all that have been in one.
 */
const settingsOf = ({ kind, dialect, image, nodes, transports, founders, roles }: Node): Config => ({
  "cluster.name": kind,
  "network.host": "0.0.0.0",
  "path.logs": "/tmp/logs",
  // Else the machine has to allow more mapped files than machines do, which takes a privileged process.
  "node.store.allow_mmap": false,
  ...(roles !== undefined && { "node.roles": roles }),
  ...(nodes > 1
    ? {
        "discovery.seed_hosts": transports.map(({ host, peers = host }) => peers),
        [dialect.initialManagers]: founders,
        // Together again after all were away, they first look what each has before they make copies anew.
        "gateway.expected_data_nodes": nodes,
        "gateway.recover_after_data_nodes": Math.floor(nodes / 2) + 1,
      }
    : { "discovery.type": "single-node" }),
  ...dialect.settings(image.version),
});
