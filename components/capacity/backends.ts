import { inSeconds } from "../core/units";
import type { StorageKind } from "../storage";
import type { CompleteDemand } from "./demand";
import { figures } from "./figures";
import { rates } from "./rates";
import { shardsFor, type Shards } from "./shards";
import { whole } from "./whole";
import { short } from "./write";

/** What a span looks like, as far as its place on disk goes. */
export type SpanShape = Pick<CompleteDemand, "bytesPerSpan" | "attributesPerSpan">;

/** How a backend fills its disk. */
export interface OnDisk {
  /** Bytes of a span, one copy. */
  readonly bytes: (span: SpanShape) => number;
  /** The same in words. */
  readonly formula: string;
  readonly copies: number;
  /** Share of a disk that stays free. */
  readonly free: number;
  /** Days for which the last of a day's spans keeps all of that day, beyond retention. */
  readonly granularityDays: number;
  readonly source: string;
  readonly error: string;
}

/** Of one document of Elasticsearch or OpenSearch. */
export const documentBytes = 36;
/** Beside one for each attribute there is one for the span, its kind and its parent, and none for `service.name`. */
const besideAttributes = 2;

/** Something on disk for each attribute: a document, or a row. */
const forAttributes = (each: number): Pick<OnDisk, "bytes" | "formula"> => ({
  bytes: ({ attributesPerSpan }) => (attributesPerSpan + besideAttributes) * each,
  formula: `${each} B × (attributes + ${besideAttributes})`,
});

const indexed = {
  ...forAttributes(documentBytes),
  copies: 2,
  free: 0.15,
  granularityDays: 1,
  source:
    "measured, the most of several runs: 31 to 36 bytes a document in OpenSearch 3.8.0 and Elasticsearch 7.10.2; 13.0 documents for a span of 11.2 attributes",
  error: "0 to +16 % against what was measured; −40 and +9 % against what is published, see below",
} as const;

/** A ratio to the bytes of a span in OTLP. */
const times = (ratio: number): Pick<OnDisk, "bytes" | "formula"> => ({
  bytes: ({ bytesPerSpan }) => bytesPerSpan * ratio,
  formula: `${ratio} × bytes in OTLP`,
});

export const onDisk = {
  badger: {
    ...times(1.83),
    copies: 1,
    free: 0.2,
    granularityDays: 0,
    source: "measured: 154,357,760 bytes on disk for 280,128 spans of 300 bytes, Jaeger 2.20.0 once ended",
    error: "unknown for other spans; while it runs, up to 0.2 GB more, and none is freed until it merges its files",
  },
  cassandra: {
    ...forAttributes(65),
    copies: 3,
    free: 0.5,
    granularityDays: 0,
    source:
      "measured: 64 bytes for each with more than 41,000 spans, 68 with 4,000, of which empty files are a tenth; Cassandra 5.0.5",
    error: "unknown for billions of spans; what is published is less, see below",
  },
  elasticsearch: indexed,
  opensearch: indexed,
  clickhouse: {
    ...times(0.175),
    copies: 2,
    free: 0.15,
    granularityDays: 1,
    source: "75 to 150 bytes a span of 643 and copy; Jaeger's own benchmark has 75.7 (BENCHMARKING.md)",
    error: "±33 %, by the range",
  },
} as const satisfies Partial<Record<StorageKind, OnDisk>>;
export type PlannedBackend = keyof typeof onDisk;

/** One backend at the demanded volume. */
export interface BackendPlan {
  readonly kind: StorageKind;
  readonly suits: boolean;
  readonly reasons: readonly string[];
  /** Bytes of a span, one copy. */
  readonly bytesPerSpan: number;
  readonly copies: number;
  /** Bytes written in 30 days, copies included. */
  readonly writtenPerMonth: number;
  /** Bytes held once retention is reached, copies included. */
  readonly held: number;
  readonly nodes: number;
  /** Volume of each node. */
  readonly diskEach: number;
  /** Memory of each node; nothing where no public figure says. */
  readonly memoryEach?: number;
  /** CPUs of each node; nothing where no public figure says. */
  readonly cpuEach?: number;
  readonly shards?: Shards;
}

const day = 86_400;
const gib = 1024 ** 3;

/** Bytes that one backend holds after so many days, copies included. */
export function heldAfter(demand: CompleteDemand, kind: PlannedBackend, days: number): number {
  const { bytes, copies, granularityDays } = onDisk[kind];
  const kept = Math.min(days, inSeconds(demand.retention) / day + granularityDays);
  return rates(demand).keptSpansPerSecond * bytes(demand) * copies * kept * day;
}

/** Every backend, those that Jaeger keeps elsewhere excepted. */
export const backends = (demand: CompleteDemand): readonly BackendPlan[] => [
  inMemory(demand),
  badger(demand),
  cassandra(demand),
  indices(demand, "elasticsearch"),
  indices(demand, "opensearch"),
  clickhouse(demand),
];

/** What all that write to disk have in common, on so many nodes. */
function written(demand: CompleteDemand, kind: PlannedBackend, nodes: number) {
  const { bytes, copies, free } = onDisk[kind];
  const bytesPerSpan = bytes(demand);
  const held = heldAfter(demand, kind, Infinity);
  return {
    kind,
    bytesPerSpan,
    copies,
    writtenPerMonth: whole(rates(demand).keptSpansPerSecond * bytesPerSpan * copies * 30 * day),
    held: whole(held),
    nodes,
    diskEach: whole(held / (1 - free) / nodes),
  };
}

function inMemory(demand: CompleteDemand): BackendPlan {
  const held = rates(demand).keptSpansPerSecond * inSeconds(demand.retention) * demand.bytesPerSpan;
  return {
    kind: "memory",
    suits: false,
    reasons: ["keeps nothing over a restart: for tests"],
    bytesPerSpan: 0,
    copies: 1,
    writtenPerMonth: 0,
    held: 0,
    nodes: 1,
    diskEach: 0,
    memoryEach: whole(held * figures.spanInMemory.value),
  };
}

function badger(demand: CompleteDemand): BackendPlan {
  const rate = rates(demand, demand.peakFactor).keptSpansPerSecond;
  const most = figures.badgerSpansPerSecond.value;
  const suits = rate <= most;
  return {
    ...written(demand, "badger", 1),
    suits,
    reasons: suits
      ? ["one process with one disk: nothing else to run", "no second Jaeger can share it: a restart is an outage"]
      : [`${Math.ceil(rate)} spans/s at peak, more than ${most} that one process takes without trouble`],
  };
}

/** CPUs that copies of all spans take at peak. */
const writing = (demand: CompleteDemand, copies: number, spansPerCpu: number): number =>
  (rates(demand, demand.peakFactor).keptSpansPerSecond * copies) / spansPerCpu / figures.utilisation.value;

/** Beside one for each attribute: the span, its service, its operation, twice its duration, and its kind. */
const rowsBesideAttributes = 6;

/** Rows that Jaeger writes of one span, one copy. Source: internal/storage/v1/cassandra/spanstore/writer.go of Jaeger. */
export const cassandraRows = ({ attributesPerSpan }: Pick<SpanShape, "attributesPerSpan">): number =>
  attributesPerSpan + rowsBesideAttributes;

/** CPUs that take all rows at peak, where one takes so many a second. */
const cassandraCpus = (demand: CompleteDemand, rowsPerCpu: number): number =>
  writing(demand, onDisk.cassandra.copies, rowsPerCpu / cassandraRows(demand));

const rowsPerCpu = {
  planned: figures.cassandraRowsPerCpu.value,
  least: figures.cassandraRowsPerCpuLeast.value,
  most: figures.cassandraRowsPerCpuMost.value,
} as const;

/** Nodes whose CPUs take all rows at peak, by what one CPU is taken to do. */
export const cassandraNodes = (demand: CompleteDemand, rate: keyof typeof rowsPerCpu): number =>
  Math.ceil(cassandraCpus(demand, rowsPerCpu[rate]) / figures.nodeCpus.value);

/** Nodes that Cassandra's copies need, and no node with more data than usual. */
function cassandra(demand: CompleteDemand): BackendPlan {
  const { copies } = onDisk.cassandra;
  const data = heldAfter(demand, "cassandra", Infinity) / figures.cassandraNodeBytes.value;
  const nodesAt = (rate: keyof typeof rowsPerCpu): number =>
    Math.max(copies, Math.ceil(data), cassandraNodes(demand, rate));
  const [fewest, nodes, most] = [nodesAt("most"), nodesAt("planned"), nodesAt("least")];
  // What one machine measured decides nothing: it is too much only where the best that was seen is too little.
  const suits = fewest <= figures.cassandraNodes.value;
  return {
    ...written(demand, "cassandra", nodes),
    cpuEach: Math.ceil(cassandraCpus(demand, rowsPerCpu.planned) / nodes),
    suits,
    reasons: [
      ...(suits ? [] : [`${fewest} nodes or more are more than one cluster has`]),
      "writes grow with nodes, and time alone removes",
      `each attribute is a row, and a span ${Math.round(cassandraRows(demand))}: ${fewest === most ? `${nodes}` : `${fewest} to ${most}`} nodes, as a CPU takes ${short(rowsPerCpu.most)} to ${short(rowsPerCpu.least)} rows/s`,
      "finds by attribute or by duration, not by both; Jaeger's authors advise Elasticsearch or OpenSearch",
    ],
  };
}

/** Most memory a node has: twice the largest heap with short pointers. */
const largestNode = 64 * gib;
/** Times the largest published deployment to which one cluster is still taken to grow: a choice. */
const beyondLargest = 10;
/** Least memory of a node in a cluster that is to last. */
const smallestNode = 4 * gib;

function indices(demand: CompleteDemand, kind: "elasticsearch" | "opensearch"): BackendPlan {
  const { free, copies, bytes, granularityDays } = onDisk[kind];
  const disk = heldAfter(demand, kind, Infinity) / (1 - free);
  const shards = shardsFor(
    rates(demand).keptSpansPerSecond * bytes(demand) * day,
    inSeconds(demand.retention) / day + granularityDays,
    copies,
  );
  const heap = largestNode / 2 / gib;
  const cpu = writing(demand, copies, figures.indexedSpansPerCpu.value);
  const nodes = Math.max(
    3,
    Math.ceil(cpu / figures.nodeCpus.value),
    Math.ceil(disk / (largestNode * figures.diskPerMemory.value)),
    Math.ceil(shards.total / Math.min(figures.shardsPerNode.value, heap * figures.shardsPerHeapGibibyte.value)),
  );
  const memory = disk / nodes / figures.diskPerMemory.value;
  const byShards = (2 * shards.total * gib) / nodes / figures.shardsPerHeapGibibyte.value;
  const timesLargest = (shards.indexBytes * copies) / figures.largestIndexedDay.value;
  const memoryEach = Math.ceil(Math.max(smallestNode, memory, byShards) / gib) * gib;
  return {
    ...written(demand, kind, nodes),
    suits: timesLargest <= beyondLargest,
    reasons: [
      ...(timesLargest > beyondLargest
        ? [`${Math.ceil(timesLargest)} times the largest published deployment, 4 TB a day: cells of their own, or less`]
        : []),
      "finds by every attribute, alone or with a duration",
      ...(shards.indexBytes < 10 * gib
        ? ["a day is less than 10 GiB: roll indices over by size, not by day, or use Badger"]
        : []),
    ],
    memoryEach,
    cpuEach: Math.ceil(cpu / nodes),
    shards,
  };
}

/** Two copies, and as many shards as the measured rate of one machine and the largest usual disk ask for. */
function clickhouse(demand: CompleteDemand): BackendPlan {
  const { copies } = onDisk.clickhouse;
  const rate = rates(demand, demand.peakFactor).keptSpansPerSecond;
  const cpu = rate / figures.clickhouseRowsPerCpu.value / figures.utilisation.value;
  const shards = Math.max(1, Math.ceil(cpu / figures.nodeCpus.value));
  return {
    ...written(demand, "clickhouse", shards * copies),
    suits: false,
    reasons: ["smallest on disk by far", "Jaeger holds it to be an experiment, behind feature gate storage.clickhouse"],
    cpuEach: Math.ceil(cpu / shards),
  };
}
