/** One step of slowness. */
export interface Rung {
  readonly name: string;
  /** Duration of the first span in hundredths of its route's median. */
  readonly hundredths: number;
  /** Parts of what is slow: of its tokens a second, and of what may be saved up. */
  readonly rate: number;
  readonly saved: number;
}

const highest = 8;
/** Each rung of nine begins at so many times the one below it. */
const step = 1.5;
/**
 * From one rung to the next, tokens a second become fewer and what is saved becomes more: usual days have little that is very
 * slow, and it may take from lower rungs too; a fault brings much of it at once.
 */
const grows = { rate: 0.8, saved: 1.25 } as const;

/** Where errors go that no longer fit into their own bucket: among what takes at least eleven times the usual. */
export const errorSlowness = Math.ceil(100 * step ** 6);

/** Rungs from the slowest down to the median, which nine, five or three divide. */
export function rungsOf(count: 9 | 5 | 3): Rung[] {
  const apart = highest / (count - 1);
  const heights = Array.from({ length: count }, (_, i) => (count - 1 - i) * apart);
  const share = (growth: number, height: number): number =>
    growth ** height / heights.reduce((sum, each) => sum + growth ** each, 0);
  return heights.map((height) => ({
    name: `slow-${height}`,
    hundredths: Math.round(100 * step ** height),
    rate: share(grows.rate, height),
    saved: share(grows.saved, height),
  }));
}
