import * as check from "../checks";
import type { Processor } from "../part";

export interface ProbabilisticSamplerOptions {
  /** Tells several of them apart. @default - the type alone */
  readonly name?: string;
  /** Share that is kept, 0 to 100. */
  readonly percentage: number;
  /**
   * `proportional` keeps this share of what arrives, `equalizing` brings everything down to this share of what was made;
   * both note the probability in the trace state, so that counts can be scaled up. `hash_seed` notes nothing.
   *
   * @default "proportional"
   */
  readonly mode?: "proportional" | "equalizing" | "hash_seed";
  /** Equal in all replicas of one tier, different in tiers that follow each other. @default 0 */
  readonly hashSeed?: number;
}

/**
 * Keeps a share of all traces, and of log records by the same trace ids, without waiting for whole traces.
 *
 * Source: processor/probabilisticsamplerprocessor of the Collector's contrib repository.
 */
export const probabilisticSampler = ({
  name,
  percentage,
  mode = "proportional",
  hashSeed,
}: ProbabilisticSamplerOptions): Processor<"traces" | "logs"> => ({
  role: "processor",
  type: "probabilistic_sampler",
  stage: "sample",
  ...(name !== undefined && { name }),
  carries: { traces: true, logs: true },
  config: { sampling_percentage: percentage, mode, ...(hashSeed !== undefined && { hash_seed: hashSeed }) },
  problems: check.percentage("percentage", percentage),
});
