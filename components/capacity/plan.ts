import { refuse } from "../core/problems";
import { backends, type BackendPlan } from "./backends";
import { buffer, type BufferPlan } from "./buffer";
import { complete, demandProblems, type CompleteDemand, type Demand } from "./demand";
import { hops, type Hop } from "./hops";
import { logs, type LogsPlan } from "./logs";
import { metrics, type MetricsPlan } from "./metrics";
import { rates, type Rates } from "./rates";

/** What a demand needs at every place that spans, metrics and logs pass. Sizes are bytes, rates are a second. */
export interface CapacityPlan {
  readonly demand: CompleteDemand;
  readonly average: Rates;
  readonly peak: Rates;
  readonly hops: readonly Hop[];
  readonly buffer: BufferPlan;
  readonly backends: readonly BackendPlan[];
  readonly metrics: MetricsPlan;
  readonly logs: LogsPlan;
}

/**
 * Plans for a demand.
 *
 * @throws Refusal with every problem of it
 */
export function capacityPlan(wanted: Demand): CapacityPlan {
  refuse("demand", demandProblems(wanted));
  const demand = complete(wanted);
  const passed = hops(demand);
  return {
    demand,
    average: rates(demand),
    peak: rates(demand, demand.peakFactor),
    hops: passed,
    buffer: buffer(demand),
    backends: backends(demand),
    metrics: metrics(demand, passed),
    logs: logs(demand),
  };
}
