import { setTimeout as wait } from "node:timers/promises";

export interface Patience {
  /** Longest time, in milliseconds. @default 60_000 */
  readonly within?: number;
  /** Pause between two looks, in milliseconds. @default 200 */
  readonly every?: number;
}

/** No answer yet. */
type None = false | undefined;

/**
 * Asks until it is so, or there is an answer; gives the answer.
 *
 * @throws Error where there is none in time
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | None> | T | None,
  { within = 60_000, every = 200 }: Patience = {},
): Promise<T> {
  for (const deadline = Date.now() + within; ; await wait(every)) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`not so within ${within / 1000} s: ${what}`);
  }
}
