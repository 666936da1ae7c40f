import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { capacityPlan, type CapacityPlan } from "../components/capacity/plan";
import { demandProblems, type Demand } from "../components/capacity/demand";
import { comparison, shortfalls, type Planned } from "../components/capacity/shortfalls";
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

/** Settings that are under their plan, each with what it asks for. */
export const shortOfPlan = (settings: Settled): Problem[] => {
  const wanted = planOf(settings);
  return wanted === undefined ? [] : shortfalls(settings, wanted);
};

/** Settings with those raised to the plan that are as they are by default, written or not: Pulumi hands defaults over too. */
export function raised<T extends Settled>(settings: T, defaults: object): T {
  const wanted = planOf(settings);
  if (wanted === undefined) return settings;
  return comparison(settings, wanted).reduce((result, { path, value, needs }) => {
    const keys = path.split(".");
    return needs !== undefined && isDeepStrictEqual(value, valueAt(defaults, keys))
      ? (withValue(result, keys, needs) as T)
      : result;
  }, settings);
}

function planOf(settings: Settled): CapacityPlan | undefined {
  const demand = demandOf(settings);
  return demand === undefined || demandProblems(demand).length > 0 ? undefined : capacityPlan(demand);
}

const valueAt = (held: unknown, keys: readonly string[]): unknown =>
  keys.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], held);

function withValue(held: object, [key = "", ...rest]: readonly string[], value: unknown): object {
  const inner = (held as Record<string, object>)[key] ?? {};
  return { ...held, [key]: rest.length === 0 ? value : withValue(inner, rest, value) };
}
