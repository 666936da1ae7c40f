import { assumedMedianMs, nothingLearnt } from "./cold-start";
import type { Profile, RouteProfile } from "./profile";

/** Medians that differ by less are taken for one: a sampler does the same with both. */
const sameMedian = 1.2;

/** A microsecond: nothing that is measured takes less. */
const leastMedian = 0.001;

/** Routes that are slow by one measure. */
export interface Measure {
  /** A hundredth of what is usual for them, in nanoseconds. */
  readonly hundredth: number;
  readonly routes: readonly RouteProfile[];
}

/** Routes by their median, on a grid of factors. */
export function measuresOf({ routes }: Profile): Measure[] {
  const groups = new Map<number, RouteProfile[]>();
  for (const one of routes) {
    const step = Math.round(Math.log(Math.max(one.medianMs, leastMedian)) / Math.log(sameMedian));
    groups.set(step, [...(groups.get(step) ?? []), one]);
  }
  return [...groups]
    .sort(([one], [other]) => one - other)
    .map(([step, group]) => ({ hundredth: hundredthOf(sameMedian ** step), routes: group }));
}

/** The measure of all routes while none is known. */
export const measureOfAll = (profile: Profile): number | undefined =>
  profile === nothingLearnt ? hundredthOf(assumedMedianMs) : undefined;

const hundredthOf = (milliseconds: number): number => Math.max(1, Math.round(milliseconds * 1e4));
