import type { Bucket } from "./bucket";
import type { Always } from "./budget";
import type { RouteClass } from "./classes";
import { fill } from "./fill";
import { rungsOf } from "./rungs";

/** Parts of rates and of what is saved; what routes leave over goes to what is slow. */
const shares = {
  errors: { rate: 0.15, burst: 0.2 },
  slow: { rate: 0.5, burst: 0.7 },
  routes: { rate: 0.3, burst: 0.05 },
  unknown: { rate: 0.05, burst: 0.05 },
} as const;

/** What a bucket is to have: tokens a second, and its part of what may be saved. */
export type Claimed = Omit<Bucket, "burst"> & { readonly burst: number };

/** What is left is divided in fixed parts; routes leave what they do not need to what is slow. */
export function divide(
  rate: number,
  burst: number,
  classes: readonly RouteClass[],
  rungs: 9 | 5 | 3,
  samplers: number,
  { errors = true }: Always,
): Claimed[] {
  const forRoutes = shares.routes.rate * rate;
  // Each has a token a second; what is beyond that is shared.
  const given = fill(
    forRoutes - classes.length,
    classes.map(({ spansPerSecond, weight }) => ({ wanted: Math.max(0, spansPerSecond / samplers - 1), weight })),
  ).map((more) => more + 1);
  // Where no route is known, what would be theirs is for all of them together.
  const known = classes.length > 0;
  const unknown = {
    rate: shares.unknown.rate + (known ? 0 : shares.routes.rate),
    burst: shares.unknown.burst + (known ? 0 : shares.routes.burst),
  };
  const left = known ? forRoutes - sum(given) : 0;
  const slow = (shares.slow.rate + (errors ? 0 : shares.errors.rate)) * rate + left;
  const slowBurst = (shares.slow.burst + (errors ? 0 : shares.errors.burst)) * burst;
  const names = classes.map(({ name }) => name);
  return [
    ...(errors
      ? [
          {
            name: "errors",
            match: { kind: "errors" } as const,
            rate: shares.errors.rate * rate,
            burst: shares.errors.burst * burst,
          },
        ]
      : []),
    ...rungsOf(rungs).map(({ name, hundredths, rate: ofRate, saved }) => ({
      name,
      match: { kind: "slowness", hundredths } as const,
      rate: slow * ofRate,
      burst: slowBurst * saved,
    })),
    ...classes.map(({ name }, i) => ({
      name,
      match: { kind: "class", names: [name] } as const,
      rate: given[i]!,
      burst: (shares.routes.burst * burst * given[i]!) / sum(given),
    })),
    {
      name: "unknown",
      match: { kind: "unknown", known: names },
      rate: unknown.rate * rate,
      burst: unknown.burst * burst,
    },
  ];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
