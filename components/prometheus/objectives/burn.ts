import { inMilliseconds, type Duration } from "../../core/units";

/** Two windows that have to agree, and the part of the budget that is gone when the longer one is over. */
export interface Burn {
  readonly short: Duration;
  readonly long: Duration;
  readonly budget: number;
}

/**
 * When somebody is woken, and when it can wait until the morning. Over 30 days they are burn rates of 14.4 and 6, and of 3
 * and 1.
 *
 * Source: Google, The Site Reliability Workbook, chapter 5, "Multiwindow, Multi-Burn-Rate Alerts".
 */
export const burns = {
  page: [
    { short: "5m", long: "1h", budget: 0.02 },
    { short: "30m", long: "6h", budget: 0.05 },
  ],
  ticket: [
    { short: "2h", long: "1d", budget: 0.1 },
    { short: "6h", long: "3d", budget: 0.1 },
  ],
} as const satisfies Record<string, readonly Burn[]>;

/** How many times as fast as it may the budget is used, where a burn is as strong as it has to be. */
export const burnRate = ({ long, budget }: Burn, window: Duration): number =>
  tidy((budget * inMilliseconds(window)) / inMilliseconds(long));

/** A number as somebody would have written it: 0.001, not 0.0010000000000000009. */
export const tidy = (value: number): number => Number(value.toPrecision(12));

/** All windows over which a share of failures is recorded, the shortest first. */
export const windows = ["5m", "30m", "1h", "2h", "6h", "1d", "3d"] as const satisfies readonly Duration[];
