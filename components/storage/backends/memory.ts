import { check, count, optional, type Checks } from "../options";
import type { Search, TraceStorage } from "../storage";

export interface MemoryOptions {
  /** Traces kept; the oldest goes when one more comes. @default 100_000 */
  readonly maxTraces?: number;
}

const checks: Checks<MemoryOptions> = { maxTraces: optional(count) };

const search: Search = {
  attribute: "found",
  eventAttribute: "found",
  // Before Jaeger 2.17 nothing, since the page asks with a text and a truth value was expected (jaeger#8217).
  failure: "found",
  duration: "found",
  attributeAndDuration: "found",
  withoutService: "found",
  dependencies: "from traces",
};

/**
 * Keeps traces in the process, and loses them with it: for tests and for a first look.
 *
 * Source: internal/storage/v2/memory of Jaeger, which refuses zero.
 */
export function memory(options: MemoryOptions = {}): TraceStorage {
  const { maxTraces = 100_000 } = options;
  return { kind: "memory", config: { max_traces: maxTraces }, shared: false, search, problems: check(options, checks) };
}
