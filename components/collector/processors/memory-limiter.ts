import { goMemoryLimit, inMebibytes, type Size } from "../../core/units";
import * as check from "../checks";
import type { Processor, Signal } from "../part";

export interface MemoryLimiterOptions {
  /** Memory the whole process may use: the limit of its container. */
  readonly memory: Size;
}

/**
 * Refuses data, which senders then send again, before the process runs out of memory.
 *
 * The hard limit is 80 % of the container's memory, since the limiter sees the Go heap alone; refusing starts a fifth
 * below that. Source: processor/memorylimiterprocessor/README.md of the Collector.
 */
export function memoryLimiter({ memory }: MemoryLimiterOptions): Processor<Signal> {
  const limit = Math.floor(inMebibytes(memory) * 0.8);
  return {
    role: "processor",
    type: "memory_limiter",
    stage: "limit",
    carries: { traces: true, metrics: true, logs: true },
    config: { check_interval: "1s", limit_mib: limit, spike_limit_mib: Math.floor(limit / 5) },
    problems: check.size("memory", memory),
  };
}

/**
 * GOMEMLIMIT for a process with this limiter: 80 % of the hard limit, where refusing starts. All memory of Go counts
 * towards it and the heap alone towards the limiter, so that garbage is collected before data is refused.
 *
 * Source: processor/memorylimiterprocessor/README.md of the Collector.
 */
export const goMemoryLimitBelow = (memory: Size): string => goMemoryLimit(memory, 0.8 * 0.8);

/**
 * How a Collector collects garbage. It holds little and makes garbage with each request, so that Go, left alone,
 * collects a small heap again and again. GOGC=400 lets the heap grow to five times what is in use, GOMEMLIMIT says how
 * far at most: 70 % of the hard limit, clear of where refusing starts, since a heap that grows that far is there before
 * every collection, and passes it where CPU is short. Under load it uses memory up to there, which its container has
 * anyway; what CPU that saves is in docs/benchmarks.md.
 *
 * Source: "A Guide to the Go Garbage Collector" of Go's documentation.
 */
export const goRuntime = (memory: Size) => ({ GOMEMLIMIT: goMemoryLimit(memory, 0.56), GOGC: "400" }) as const;
