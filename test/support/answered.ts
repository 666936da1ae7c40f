import { setTimeout as wait } from "node:timers/promises";

/** Asks again while there is no answer, as while a storage is away. */
export async function answered<T>(ask: () => Promise<T>, within = 240_000): Promise<T> {
  for (const deadline = Date.now() + within; Date.now() < deadline; await wait(1_000)) {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined) return answer;
  }
  return ask();
}
