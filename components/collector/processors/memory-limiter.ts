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
 * GOMEMLIMIT for a process with this limiter: 80 % of the hard limit, so that garbage is collected before data is
 * refused. Source: processor/memorylimiterprocessor/README.md of the Collector.
 */
export const goMemoryLimitBelow = (memory: Size): string => goMemoryLimit(memory, 0.8 * 0.8);
