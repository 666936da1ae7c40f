import type { Config } from "../core/config";
import { merge } from "../core/needs";
import { connectsTo, external, httpUrl } from "../core/platform";
import type { Problem } from "../core/problems";
import { goDuration, inSeconds, type Duration } from "../core/units";
import { atLeast, type Version } from "../core/version";
import {
  basicAuth,
  certificateChecks,
  certificateFiles,
  credentialChecks,
  incomplete,
  isEncrypted,
  readable,
  url,
  type Certificates,
  type Credentials,
} from "./external";
import { keepersOf, type IndexedPrograms } from "./jobs/indexed";
import { elasticsearchDialect } from "./managed/elasticsearch";
import { indexedNodeChecks, searchCluster, type IndexedNodes } from "./managed/indexed";
import { nodesObject, oneOfBoth, tooOld, type Kept } from "./managed/nodes";
import { opensearchDialect } from "./managed/opensearch";
import {
  archiveForgets,
  check,
  count,
  countOrZero,
  flag,
  list,
  matching,
  object,
  oneOf,
  optional,
  wholeSeconds,
  type Checks,
} from "./options";
import type { Search, StorageLimits, TraceStorage, Warning } from "./storage";

/** Options of Elasticsearch and of OpenSearch, which Jaeger writes to in one way. */
export type IndexedOptions = IndexedSettings & Kept<IndexedCluster, IndexedNodes>;

export interface IndexedSettings {
  /** How long a span is kept, and how far back a trace is looked for by its id. @default "72h" */
  readonly retention?: Duration;
  /**
   * How long a trace is kept that somebody puts into the archive: indices of their own behind aliases, whose prefix ends in
   * `archive`.
   *
   * @default - there is no archive
   */
  readonly archiveRetention?: Duration;
  /**
   * Jobs of the stack delete what is older than the retention, and keep aliases where indices rotate by them.
   *
   * @default - on nodes of its own; else where a retention is given, for nothing of others is deleted without that word
   */
  readonly jobs?: boolean;
  /** The programs of those jobs. @default - those that are pinned */
  readonly programs?: Partial<IndexedPrograms>;
  /** Begins the name of every index: `production` makes `production-jaeger-span-…`. @default - none */
  readonly prefix?: string;
  /**
   * When an index follows the last: each day, each hour, or by age and size, behind the aliases `jaeger-span-read` and
   * `jaeger-span-write`.
   *
   * @default "day"
   */
  readonly rotation?: "day" | "hour" | "aliases";
  /** Parts of each index of spans: 10 to 50 GB each. @default - one for each node of the stack's own, or 1 */
  readonly shards?: number;
  /** Further copies of each part, on other nodes; one node alone can hold none. @default 1, or 0 on one node of its own */
  readonly replicas?: number;
}

/** A cluster that somebody else runs. */
export interface IndexedCluster extends Credentials, Certificates {
  /** Its nodes, or what balances between them: `https://search.example.com:9200`. All encrypted or none. */
  readonly urls: readonly [string, ...string[]];
}

const checks: Checks<IndexedOptions> = {
  external: optional(
    object<IndexedCluster>(
      { urls: list(url, '["https://search.example.com:9200"]'), ...credentialChecks, ...certificateChecks },
      '{ urls: ["https://search.example.com:9200"] }',
    ),
  ),
  managed: nodesObject(indexedNodeChecks),
  retention: optional(wholeSeconds),
  archiveRetention: optional(wholeSeconds),
  jobs: optional(flag),
  programs: optional(() => []),
  prefix: optional(
    matching(/^[a-z0-9][a-z0-9_.-]*$/, "not a valid index prefix", "write lower case letters and digits"),
  ),
  rotation: optional(oneOf("day", "hour", "aliases")),
  shards: optional(count),
  replicas: optional(countOrZero),
};

/** Source: ignore_above in jaeger-span-*.json of internal/storage/v1/elasticsearch/mappings of Jaeger. */
const search: Search = {
  attribute: "found",
  eventAttribute: "found",
  failure: "found",
  duration: "found",
  attributeAndDuration: "found",
  withoutService: "found",
  longestValue: 256,
  dependencies: "by a job",
};

/**
 * A span whose attributes, events and their attributes are more than 10,000 is refused, and Jaeger has by then answered
 * that it is stored. Each day that a span names has an index, and none is looked into once its time is over: a clock
 * that is wrong makes indices until there is no room for another.
 *
 * Source: index.mapping.nested_objects.limit and cluster.max_shards_per_node of OpenSearch and Elasticsearch.
 */
const limitsOf = (rotation: string, retention: Duration): StorageLimits => ({
  events: 500,
  attributes: 900,
  ...(rotation !== "aliases" && { times: { past: retention, future: "24h" } }),
});

/** From this Jaeger on it can wait for the store; earlier ones hand spans to a queue in memory and answer at once. */
const synchronous: Version = "2.21.0";
/** From this Jaeger on each kind of index says how it rotates; earlier ones have one switch for all, later refused. */
const rotations: Version = "2.20.0";

const early = (kind: string): Warning => ({
  path: "kind",
  value: kind,
  before: synchronous,
  reason: `Jaeger older than ${synchronous} acknowledges spans before they are stored, and loses those that are refused or in flight when it or the store stops`,
  remedy: `use Jaeger ${synchronous} or newer, or badger or cassandra`,
});

const undeleted: Warning = {
  path: "retention",
  reason: "Jaeger deletes no index, and neither does a job of the stack",
  remedy: "write a retention and remove `jobs: false`, or set up a lifecycle policy in the store",
};

const unmade: Warning = {
  path: "rotation",
  value: "aliases",
  reason: "Jaeger creates no aliases, and finds no traces without them",
  remedy: "remove `jobs: false`, or run jaeger-es-rollover init before Jaeger starts",
};

const dialects = { elasticsearch: elasticsearchDialect, opensearch: opensearchDialect };

/**
 * Source: internal/storage/elasticsearch/config of Jaeger, at v1.76.0 (2.13) and v2.20.0. `write_mode` came with
 * jaeger#9093, after v2.20.0.
 */
export function indexed(kind: "elasticsearch" | "opensearch", options: IndexedOptions): TraceStorage {
  const storage = { kind, shared: true, search };
  const wrong = [
    ...check(options, checks),
    ...oneOfBoth(options),
    ...archiveForgets(options),
    ...mixed(options),
    ...unfit(kind, options),
  ];
  if (wrong.length > 0) return { ...storage, config: {}, problems: wrong };
  const { retention = "72h", archiveRetention, prefix, rotation = "day", programs, managed } = options;
  const { shards = managed?.nodes ?? 1, replicas = managed?.nodes === 1 ? 0 : 1 } = options;
  const { jobs = managed !== undefined || options.retention !== undefined } = options;
  const own = managed && searchCluster(kind, dialects[kind], managed);
  const cluster: IndexedCluster = options.external ?? { urls: own!.endpoints.map(httpUrl) as [string] };
  const endpoints = own?.endpoints ?? cluster.urls.map(external);
  const encrypted = isEncrypted(cluster.urls[0]);
  const [auth, certificates] = [basicAuth(kind, cluster), certificateFiles(cluster)];
  const target = {
    kind,
    url: cluster.urls[0],
    needs: { ...connectsTo(endpoints[0]!), files: certificates.needs.files ?? {} },
    ...(cluster.user !== undefined && { user: cluster.user }),
    ...(cluster.password !== undefined && { password: cluster.password }),
    certificates: certificates.tls,
    replicas,
  };
  const traces = { rotation, retention, shards, ...(prefix !== undefined && { prefix }) };
  // Long and little: an index for each day would be hundreds that are nearly empty.
  const archive = archiveRetention !== undefined && {
    rotation: "aliases" as const,
    retention: archiveRetention,
    shards: 1,
    prefix: prefix === undefined ? "archive" : `${prefix}-archive`,
  };
  const keeping = [
    keepersOf({ ...target, ...traces }, { retention, rotation, programs }),
    ...(archive
      ? [keepersOf({ ...target, ...archive, label: "archive" }, { ...archive, programs, longest: Infinity })]
      : []),
  ];
  const body =
    ({ rotation, retention, shards, prefix }: typeof traces) =>
    (jaeger: Version): Config => ({
      server_urls: cluster.urls,
      ...auth.config,
      ...(Object.keys(certificates.tls).length > 0 && { tls: certificates.tls }),
      ...(rotation === "aliases" && !atLeast(jaeger, rotations) && { use_aliases: true }),
      indices: {
        ...(prefix !== undefined && { index_prefix: prefix }),
        spans: { shards, replicas, ...rotationOf(rotation, jaeger) },
        // Names of services and edges between them: a few thousand small documents a day.
        services: { shards: 1, replicas, ...rotationOf(rotation, jaeger) },
        dependencies: { shards: 1, replicas, ...rotationOf(rotation, jaeger) },
        sampling: { shards: 1, replicas, ...rotationOf(rotation, jaeger) },
      },
      max_span_age: goDuration(retention),
      ...serviceCache(retention),
      ...(atLeast(jaeger, synchronous) && { write_mode: "sync" }),
    });
  const way = connectsTo(...endpoints);
  const { needs } = merge(auth.needs, certificates.needs, way, ...(jobs ? keeping.map(({ needs }) => needs) : []));
  return {
    ...storage,
    retention,
    limits: limitsOf(rotation, retention),
    needs,
    ...(own && { engines: own.workloads }),
    ...(jobs && { jobs: keeping.flatMap(({ jobs }) => jobs) }),
    config: body(traces),
    ...(archive && { archive: body(archive) }),
    warnings: [
      early(kind),
      ...(own?.warnings ?? []),
      ...(jobs ? [] : [undeleted, ...(rotation === "aliases" || archive ? [unmade] : [])]),
      ...readable(cluster, encrypted),
    ],
    problems: incomplete(cluster, encrypted),
  };
}

/**
 * Jaeger writes the names of services and operations again when it has forgotten that it did, after 12 h. By then they
 * could be gone with their index.
 *
 * Source: serviceCacheTTLDefault in internal/storage/v2/elasticsearch/tracestore/core/writer.go of Jaeger.
 */
const serviceCache = (retention: Duration): Config =>
  inSeconds(retention) >= 24 * 3600 ? {} : { service_cache_ttl: `${Math.ceil(inSeconds(retention) / 2)}s` };

/** How one kind of index rotates. */
function rotationOf(rotation: "day" | "hour" | "aliases", jaeger: Version): Config {
  const periodic = { date_layout: "2006-01-02-15", rollover_frequency: "hour" };
  if (rotation === "day") return {};
  if (atLeast(jaeger, rotations)) {
    return { rotation: rotation === "hour" ? { periodic } : { manual_rollover: {} } };
  }
  return rotation === "hour" ? periodic : {};
}

/** What nodes of the stack's own cannot do. A copy that finds no node keeps every restart waiting for it. */
function unfit(kind: "elasticsearch" | "opensearch", { managed, replicas = 0 }: Partial<IndexedOptions>): Problem[] {
  if (managed === undefined) return [];
  const { nodes, image = dialects[kind].image } = managed;
  return [
    ...tooOld(kind, image, dialects[kind].oldest),
    ...(replicas < Math.max(1, nodes) || !(nodes > 0)
      ? []
      : [
          {
            path: "replicas",
            value: replicas,
            reason: `a replica never shares a node with its primary, and there are ${nodes} nodes`,
            remedy: `write ${nodes - 1} or less`,
          },
        ]),
  ];
}

/** A password would be read on the way to the one node that is not encrypted. */
function mixed(options: IndexedOptions) {
  const urls: unknown = options.external?.urls;
  const kinds = new Set(Array.isArray(urls) ? urls.map((url) => isEncrypted(String(url))) : []);
  return kinds.size < 2
    ? []
    : [{ path: "external.urls", reason: "http and https are mixed", remedy: "write https for all" }];
}
