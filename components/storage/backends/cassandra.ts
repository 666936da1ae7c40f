import { connectsTo, external, hostPort } from "../../core/platform";
import type { Problem } from "../../core/problems";
import { goDuration, inMilliseconds, type Duration } from "../../core/units";
import { images } from "../../images";
import { merge } from "../../core/needs";
import {
  basicAuth,
  certificateChecks,
  certificateFiles,
  credentialChecks,
  hostAndPort,
  incomplete,
  readable,
  type Certificates,
  type Credentials,
} from "../external";
import {
  cassandraCluster,
  cassandraNodeChecks,
  copiesOn,
  datacenter as ownDatacenter,
  oldestCassandra,
} from "../managed/cassandra";
import { nodesObject, oneOfBoth, tooOld, type Kept, type ManagedNodes } from "../managed/nodes";
import {
  archiveForgets,
  check,
  count,
  flag,
  list,
  matching,
  object,
  oneOf,
  optional,
  wholeSeconds,
  type Checks,
} from "../options";
import type { Search, StorageLimits, TraceStorage } from "../storage";

export type CassandraOptions = CassandraSettings & Kept<CassandraCluster, ManagedNodes>;

export interface CassandraSettings {
  /** Where the tables are. @default "jaeger" */
  readonly keyspace?: string;
  /** How long a span is kept. It is written into the tables as they are made; later changes need `ALTER TABLE`. @default "72h" */
  readonly retention?: Duration;
  /**
   * How long a trace is kept that somebody puts into the archive: a keyspace with `_archive` behind the name of the other.
   *
   * @default - there is no archive
   */
  readonly archiveRetention?: Duration;
  /** Nodes that hold each span, as the keyspace is made. @default 3, or as many as there are of the stack's own */
  readonly replicationFactor?: number;
  /**
   * Nodes that must have a span before the sender is answered, and that are asked when it is read. One alone answers
   * sooner, and loses spans with that node.
   *
   * @default "LOCAL_QUORUM", or "LOCAL_ONE" where fewer than three nodes hold it: a quorum of two is both
   */
  readonly consistency?: "ONE" | "LOCAL_ONE" | "QUORUM" | "LOCAL_QUORUM" | "EACH_QUORUM" | "ALL";
  /** Make keyspace and tables where they are missing. @default true */
  readonly createSchema?: boolean;
}

/** A cluster that somebody else runs. */
export interface CassandraCluster extends Credentials, Certificates {
  /** Some of its nodes, `host:port`; the others are found through them. */
  readonly servers: readonly [string, ...string[]];
  /** The data centre that Jaeger writes to and reads from, as the cluster calls it: `datacenter1`. */
  readonly datacenter: string;
  /** @default true */
  readonly tls?: boolean;
}

/** Behind the name of a keyspace, that of its archive. */
const archived = "_archive";

const word = (remedy: string) => matching(/^[A-Za-z][A-Za-z0-9_]{0,47}$/, "not a valid Cassandra name", remedy);

const checks: Checks<CassandraOptions> = {
  external: optional(
    object<CassandraCluster>(
      {
        servers: list(hostAndPort, '["cassandra-1.example.com:9042"]'),
        datacenter: matching(/^[\w.-]+$/, "not a name", "write the data centre as shown by `nodetool status`"),
        tls: optional(flag),
        ...credentialChecks,
        ...certificateChecks,
      },
      "{ servers: [host:port], datacenter: name }",
    ),
  ),
  managed: nodesObject(cassandraNodeChecks),
  keyspace: optional(word("write up to 48 letters, digits and underscores, a letter first")),
  retention: optional(wholeSeconds),
  archiveRetention: optional(wholeSeconds),
  replicationFactor: optional(count),
  consistency: optional(oneOf("ONE", "LOCAL_ONE", "QUORUM", "LOCAL_QUORUM", "EACH_QUORUM", "ALL")),
  createSchema: optional(flag),
};

/**
 * Source: validateQuery in reader.go and shouldIndexTag in writer.go of internal/storage/v1/cassandra/spanstore of
 * Jaeger, which indexes values shorter than 256 bytes.
 */
const search: Search = {
  attribute: "found",
  eventAttribute: "found",
  failure: "found",
  duration: "found",
  attributeAndDuration: "refused",
  withoutService: "nothing",
  longestValue: 255,
  dependencies: "by a job",
};

/**
 * Cassandra takes no key above 65,535 bytes, and one of Jaeger's holds both the name of a service and that of a span. A
 * row for each event and attribute, one after the other, takes longer than a sender waits where a span has thousands of
 * them, or a request thousands of spans while ten are under way: it would be sent again for ever. Up to 2.13
 * Jaeger passes on names of services that are not UTF-8, which Cassandra refuses.
 *
 * Source: duration_index in internal/storage/v1/cassandra/schema/v004.cql.tmpl of Jaeger.
 */
const limits: StorageLimits = { nameBytes: 32_000, events: 500, spansPerRequest: 512, utf8: true };

/**
 * Jaeger by default waits for ever: for an address that nobody has any more, as a pod's that was replaced, it finds no other
 * node; and for a node that died without a word. Cassandra itself gives up after ten seconds.
 *
 * Source: connection.timeout and query.timeout of Jaeger; range_request_timeout of Cassandra.
 */
const patience = {
  connection: { timeout: "5s", reconnect_interval: "10s" },
  query: { timeout: "15s" },
} as const;

/** Windows in which a retention passes, each becoming one file that is dropped whole: as many as in Jaeger's defaults. */
const windows = 24;

const compactionWindow = (retention: Duration): string =>
  `${Math.max(1, Math.ceil(inMilliseconds(retention) / windows / 60_000))}m`;

/**
 * Keeps traces in a Cassandra cluster, which many Jaeger processes may share.
 *
 * Source: internal/storage/cassandra/config/config.go of Jaeger.
 */
export function cassandra(options: CassandraOptions): TraceStorage {
  const storage = { kind: "cassandra", shared: true, search, limits };
  const wrong = [
    ...check(options, checks),
    ...oneOfBoth(options),
    ...archiveForgets(options),
    ...crowded(options),
    ...unfit(options),
  ];
  if (wrong.length > 0) return { ...storage, config: {}, problems: wrong };
  const { keyspace = "jaeger", retention = "72h", archiveRetention, createSchema = true, managed } = options;
  const { replicationFactor = copiesOn(managed?.nodes ?? 3) } = options;
  const { consistency = replicationFactor < 3 && managed !== undefined ? "LOCAL_ONE" : "LOCAL_QUORUM" } = options;
  const own = managed && cassandraCluster(managed);
  const cluster: CassandraCluster = options.external ?? {
    servers: own!.endpoints.map(hostPort) as [string],
    datacenter: ownDatacenter,
    tls: false,
  };
  const { servers, datacenter, tls = true } = cluster;
  const [auth, certificates] = [basicAuth("cassandra", cluster), certificateFiles(cluster)];
  const { needs } = merge(auth.needs, certificates.needs, connectsTo(...(own?.endpoints ?? servers.map(external))));
  const kept = (keyspace: string, retention: Duration) => ({
    schema: {
      keyspace,
      create: createSchema,
      datacenter,
      replication_factor: replicationFactor,
      trace_ttl: goDuration(retention),
      dependencies_ttl: goDuration(retention),
      compaction_window: compactionWindow(retention),
    },
    connection: {
      servers,
      local_dc: datacenter,
      ...patience.connection,
      ...auth.config,
      tls: tls ? certificates.tls : { insecure: true },
    },
    query: { ...patience.query, consistency },
  });
  return {
    ...storage,
    retention,
    needs,
    ...(own && { engines: own.workloads }),
    config: kept(keyspace, retention),
    ...(archiveRetention !== undefined && { archive: kept(`${keyspace}${archived}`, archiveRetention) }),
    warnings: [...(own?.warnings ?? []), ...readable(cluster, tls)],
    problems: incomplete(cluster, tls),
  };
}

/** A name that is too long once it says that it is an archive's. */
const crowded = ({ keyspace = "", archiveRetention }: Partial<CassandraOptions>): Problem[] =>
  archiveRetention === undefined || keyspace.length + archived.length <= 48
    ? []
    : [
        {
          path: "keyspace",
          value: keyspace,
          reason: `its archive would be ${keyspace}${archived}, but Cassandra allows 48 characters`,
          remedy: `write a name of up to ${48 - archived.length} characters, or remove archiveRetention`,
        },
      ];

/** What nodes of the stack's own cannot do: Cassandra takes no write of more copies than there are nodes. */
function unfit({ managed, replicationFactor = 1 }: Partial<CassandraOptions>): Problem[] {
  if (managed === undefined) return [];
  const { nodes, image = images.cassandra } = managed;
  return [
    ...tooOld("Cassandra", image, oldestCassandra),
    ...(replicationFactor <= Math.max(1, nodes) || !(nodes > 0)
      ? []
      : [
          {
            path: "replicationFactor",
            value: replicationFactor,
            reason: `every copy needs its own node, and there are ${nodes}`,
            remedy: `write ${nodes} or less`,
          },
        ]),
  ];
}
