import type { CompleteDemand } from "./demand";

/** Rates before and after tail sampling. */
export interface Rates {
  readonly tracesPerSecond: number;
  readonly spansPerSecond: number;
  readonly keptSpansPerSecond: number;
}

/** Rates of a demand: on average with a factor of 1, at peak with its peak factor. */
export function rates(demand: CompleteDemand, factor = 1): Rates {
  const tracesPerSecond = demand.requestsPerSecond * demand.headShare * factor;
  const spansPerSecond = tracesPerSecond * demand.spansPerRequest;
  return { tracesPerSecond, spansPerSecond, keptSpansPerSecond: spansPerSecond * demand.keptShare };
}
