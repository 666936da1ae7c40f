import type { Problem } from "../../core/problems";
import { inSeconds } from "../../core/units";
import { mustsOf } from "./always";
import { inSpansPerSecond } from "./amount";
import type { Bucket } from "./bucket";
import type { Always, Budget, Place } from "./budget";
import { nothingLearnt } from "./cold-start";
import { classesOf, type RouteClass } from "./classes";
import { divide } from "./divide";
import { budgetProblems } from "./problems";
import type { Profile } from "./profile";

/** What samplers and gateways do for a budget, or what is wrong with it. */
export interface Plan {
  /** Spans a second of one sampler. */
  readonly spansPerSecond: number;
  /** What all its buckets hold together: it keeps no more than `spansPerSecond` × L + `saved` in any L seconds. */
  readonly saved: number;
  /** A trace takes from the first that matches it and has enough. */
  readonly buckets: readonly Bucket[];
  readonly classes: readonly RouteClass[];
  readonly profile: Profile;
  readonly always: Always;
  readonly problems: readonly Problem[];
}

/** Part of a window's budget that may be saved up. */
const savedShare = 0.1;

/** Part of the budget that is set apart for what is always kept, at most. */
const alwaysMost = 0.5;

/** Rates are whole numbers: with fewer tokens a second for a bucket on average, rounding would decide. */
const perBucket = 5;

/** From the finest on: how many steps of slowness there are, and classes of routes at most. */
const grains = [
  { rungs: 9, classes: 10 },
  { rungs: 9, classes: 5 },
  { rungs: 5, classes: 5 },
  { rungs: 5, classes: 3 },
  { rungs: 3, classes: 2 },
  { rungs: 3, classes: 1 },
] as const;

/**
 * Divides a budget among token buckets: what must be kept, errors, what is slow for its route, and routes, so that each is
 * seen. Pure: nothing is asked, and what is wrong is in `problems`.
 *
 * Every trace takes from one bucket alone, and their rates are the budget, their sizes a tenth of a window's: so what is
 * kept in any time L is at most budget × L + 0.1 × budget × window, whatever comes.
 *
 * @param learnt - what traffic is like. @default - nothing is known, and all routes are taken for alike
 *
 * Source: the bound of a token bucket, R. Cruz, A calculus for network delay, part I, IEEE Trans. Inf. Theory 37(1), 1991.
 */
export function compile(
  budget: Budget,
  learnt: Profile | undefined,
  { samplers, storedBytesPerSpan = NaN }: Place,
): Plan {
  const profile = learnt ?? nothingLearnt;
  const { window = "1h", always = {} } = budget;
  const amount = inSpansPerSecond(budget.budget, profile, storedBytesPerSpan);
  const perSampler = amount.spansPerSecond / samplers;
  const saved = savedShare * perSampler * inSeconds(window);
  const problems = [...budgetProblems(budget, profile, samplers), ...amount.problems];
  const refused = (more: readonly Problem[]): Plan => ({
    spansPerSecond: perSampler,
    saved,
    buckets: [],
    classes: [],
    profile,
    always,
    problems: more,
  });
  if (problems.length > 0) return refused(problems);

  const musts = mustsOf(always, profile, samplers, perSampler);
  const needed = sum(musts.map(({ rate }) => rate));
  if (needed > alwaysMost * perSampler) {
    const wanted = musts.map(({ name }) => name).filter((name) => name.startsWith("always "));
    const reason = `traces that are always kept need ${whole(needed * samplers)} spans/s in the learned profile, but half of the budget is ${whole(amount.spansPerSecond * alwaysMost)}`;
    const remedy = `write "${Math.ceil((needed * samplers) / alwaysMost)} spans/s", or fewer of ${wanted.join(", ")}`;
    return refused([{ path: "budget", value: budget.budget, reason, remedy }]);
  }

  const others = always.errors === false ? 1 : 2;
  const free = perSampler - needed;
  const grain = grains.find(({ rungs, classes }) => free >= perBucket * (others + rungs + most(profile, classes)));
  if (grain === undefined) {
    const { rungs, classes } = grains.at(-1)!;
    const kinds = others + rungs + most(profile, classes);
    const reason = `${round(free)} spans/s per sampler: too few for ${kinds} kinds of traces`;
    const remedy = `write "${Math.ceil((perBucket * kinds + needed) * samplers)} spans/s" or more, use fewer samplers, or keep a fixed share of all traces with tailSampling.percent`;
    return refused([{ path: "budget", value: budget.budget, reason, remedy }]);
  }
  const classes = classesOf(profile, grain.classes, budget);
  const claims = [
    ...musts.map((must) => ({ ...must, burst: must.rate / perSampler })),
    ...divide(free, 1 - needed / perSampler, classes, grain.rungs, samplers, always),
  ];
  const { largestTrace } = profile;
  const spare = saved - claims.length * largestTrace;
  if (spare < 0) {
    const least = (claims.length * largestTrace) / (savedShare * perSampler);
    const reason = `a trace of ${largestTrace} spans never fits: ${claims.length} buckets hold ${whole(saved)} together`;
    const remedy = `write window: "${Math.ceil(least / 3600)}h", or a budget of "${Math.ceil((amount.spansPerSecond * least) / inSeconds(window))} spans/s"`;
    return refused([{ path: "window", value: window, reason, remedy }]);
  }
  return {
    spansPerSecond: perSampler,
    saved,
    buckets: claims.map(({ name, match, rate, burst }) => ({
      name,
      match,
      rate: Math.max(1, Math.floor(rate)),
      burst: Math.floor(largestTrace + spare * burst),
    })),
    classes,
    profile,
    always,
    problems: [],
  };
}

const most = ({ routes }: Profile, classes: number): number => Math.min(routes.length, classes);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const whole = (value: number): string => String(Math.round(value));
const round = (value: number): string => String(Number(value.toPrecision(3)));
