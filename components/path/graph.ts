import type { Signal } from "../collector/part";

/**
 * The way of data from senders to stores: processes, and what they send to each other. Sizes are bytes, times seconds; what
 * is left out is not known, or has no limit where that is said.
 */
export interface PathGraph {
  /** From the services on, each before those that it sends to. */
  readonly hops: readonly Hop[];
  readonly edges: readonly Edge[];
}

/** One process, or as many of it as there are replicas. */
export interface Hop {
  /** Workload, file, or address where nothing else is known. */
  readonly name: string;
  /** `store` is where data ends, `unknown` what nothing is known of. */
  readonly kind: "collector" | "jaeger" | "store" | "unknown";
  /** Memory that its container has. */
  readonly memory?: number;
  /** What its answer to a request means, by signal. */
  readonly answers: Readonly<Partial<Record<Signal, Answer>>>;
  /** What it keeps for names and traces that senders choose. */
  readonly state: readonly State[];
  /** Age above which it refuses, where it is a store. */
  readonly window?: number;
}

/**
 * - stored: it is where it will be searched.
 * - queued on disk, queued in memory: it waits for the next hop, and outlives the process or does not.
 * - waits in memory: it is not decided yet whether it is kept.
 */
export type Answer = "stored" | "queued on disk" | "queued in memory" | "waits in memory";

/** Something that grows with what senders choose. */
export interface State {
  /** Part of the process that keeps it: `connectors.span_metrics`. */
  readonly by: string;
  readonly of: "series" | "calls" | "traces" | "one trace" | "edges";
  /** How many at most. @default - nothing limits them */
  readonly most?: number;
  /** Memory that they take then, or at which an alert fires where nothing limits them. */
  readonly bytes: number;
}

/** What one process sends to another by one exporter. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  /** Id of the exporter, `otlp_grpc/gateway`; `storage` for what Jaeger writes. */
  readonly by: string;
  readonly protocol: "grpc" | "http" | "kafka" | "storage";
  readonly signals: readonly Signal[];
  /** Largest request, without compression. */
  readonly sends?: number;
  /** Largest request that the other end takes, without compression. */
  readonly takes?: number;
  /** @default - none: whoever sends waits for the answer of the next hop */
  readonly queue?: Queue;
}

export interface Queue {
  readonly on: "disk" | "memory";
  readonly most: number;
  readonly of: "bytes" | "items" | "requests";
  /** What it does when it is full. */
  readonly whenFull: "refuse" | "wait";
  /** Seconds after which it drops what the next hop did not take. @default - it tries until it is taken */
  readonly triesFor?: number;
}

/** Edges that carry a signal. */
export const carrying = ({ edges }: PathGraph, signal: Signal): Edge[] =>
  edges.filter(({ signals }) => signals.includes(signal));
