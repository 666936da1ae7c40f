import type { Duration } from "../../components/core/units";

/** Samples of series, one each 15 s, as promtool writes them: `0+10x40` starts at 0 and gains 10, 40 times. */
export type Series = Readonly<Record<string, string>>;

/** When an alert must fire, and when it must not. */
export interface Scenario {
  readonly fires: Series;
  /** Labels of the alert beside its own. */
  readonly labels: Readonly<Record<string, string>>;
  /** Its value, as its texts show it. */
  readonly value: string;
  /** What a query in its texts finds. @default - there is none */
  readonly found?: string;
  /** Like `fires`, and well. */
  readonly quiet: Series | "never";
  /** When it is looked at. @default "20m" */
  readonly at?: Duration;
  /** Unix time at which the samples start. @default 0 */
  readonly start?: number;
}

/** Labels of a target. */
export const of = (where: string) =>
  Object.fromEntries([...where.matchAll(/(\w+)="([^"]*)"/g)].map(([, k, v]) => [k!, v!]));

/** Half an hour without a change, and half an hour of steady growth. */
export const still = (value: number) => `${value}x120`;
export const growing = (step: number) => `0+${step}x120`;
/** Is not there for fifteen minutes, then appears with all it will ever have. */
export const appears = (value: number) => `_x60 ${value}x60`;
/** Was already there when the window began. */
export const old = (value: number) => still(value);

/** A counter of faults that is absent until the first, and one that goes on counting; old faults and none are quiet. */
export const faults = (counter: (at: string) => string, labels: Scenario["labels"]): readonly Scenario[] => {
  const quiet = { [counter("here")]: old(33), [counter("there")]: appears(0) };
  return [
    { fires: { [counter("here")]: appears(33) }, quiet, labels, value: "33" },
    { fires: { [counter("here")]: growing(1) }, quiet, labels, value: "40" },
  ];
};
