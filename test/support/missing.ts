import { setTimeout as wait } from "node:timers/promises";

/**
 * Ids that do not arrive; asked again until there is none, or time is up.
 *
 * @param within longest time until what waits on disk, or for a decision, has arrived, in milliseconds
 */
export async function missingAmong(
  ids: readonly string[],
  arrived: () => Iterable<string>,
  within = 60_000,
): Promise<string[]> {
  for (const deadline = Date.now() + within; ; await wait(500)) {
    const there = new Set(arrived());
    const missing = ids.filter((id) => !there.has(id));
    if (missing.length === 0 || Date.now() > deadline) return missing;
  }
}
