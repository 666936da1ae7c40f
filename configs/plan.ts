import { z } from "zod";
import { capacityPlan, type CapacityPlan } from "../components/capacity/plan";
import { demandProblems, type Demand } from "../components/capacity/demand";
import { shortfalls, type Planned, type Shortfall } from "../components/capacity/shortfalls";
import { within, type Problem } from "../components/core/problems";
import { isDuration, type Duration } from "../components/core/units";
import { duration } from "./values";

const number = z.number("must be a number").optional();

/** The traffic that a stack is to carry, in the words of `sightline plan`. Nothing set is nothing known. */
export const plan = z.strictObject({
  requestsPerDay: number,
  spansPerSecond: number,
  peakFactor: number,
  spansPerRequest: number,
  bytesPerSpan: number,
  attributesPerSpan: number,
  endpoints: number,
  services: number,
  spanNamesPerEndpoint: number,
  headShare: number,
  keptShare: number,
  nodes: number,
  cpusPerReplica: number,
  logLinesPerRequest: number,
  bytesPerLogLine: number,
  outage: duration.optional(),
});

interface Settled extends Omit<Planned, "storage"> {
  readonly plan: z.infer<typeof plan>;
  readonly storage: NonNullable<Planned["storage"]>;
  readonly buffer?:
    { readonly managed?: { readonly nodes: unknown; readonly size: unknown; readonly outage?: unknown } } | undefined;
  readonly sampler: Planned["sampler"] & { readonly decisionWait: Duration };
  readonly metricsRetention: Duration;
  readonly logsRetention: Duration;
}

/** The plan's traffic, kept as long as settings say; undefined where no plan is given. */
function demandOf({ plan, storage, buffer, sampler, metricsRetention, logsRetention }: Settled): Demand | undefined {
  const given = Object.entries(plan).filter(([, value]) => value !== undefined);
  if (given.length === 0) return undefined;
  const times = { retention: storage.retention, bufferOutage: buffer?.managed?.outage };
  const kept = {
    metricsRetention,
    logsRetention,
    decisionWait: sampler.decisionWait,
    ...Object.fromEntries(Object.entries(times).filter(([, time]) => typeof time === "string" && isDuration(time))),
  };
  return { ...kept, ...Object.fromEntries(given) } as Demand;
}

/** What is wrong with the traffic itself. */
export const planProblems = (settings: Settled): Problem[] => {
  const demand = demandOf(settings);
  return demand === undefined ? [] : within("plan", demandProblems(demand));
};

/** Settings that are smaller than their plan asks for, each with the value that fits. */
export const shortOfPlan = (settings: Settled): Shortfall[] => {
  const wanted = planOf(settings);
  return wanted === undefined ? [] : shortfalls(settings, wanted);
};

function planOf(settings: Settled): CapacityPlan | undefined {
  const demand = demandOf(settings);
  return demand === undefined || demandProblems(demand).length > 0 ? undefined : capacityPlan(demand);
}
