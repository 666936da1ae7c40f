import { setTimeout as wait } from "node:timers/promises";
import { since, type Observation } from "./observation";
import { kinds, troublesOf, type Trouble } from "./troubles";

/** What a watch needs to know and whom it tells. */
export interface Watch {
  /** Undefined where the cluster does not answer. */
  readonly look: () => Promise<Observation | undefined>;
  /** Last lines of a container that has ended. */
  readonly lastWords: (ended: NonNullable<Trouble["ended"]>) => Promise<string>;
  readonly say: (line: string) => void;
  /** Says when there is nothing to wait for any more. */
  readonly until: AbortSignal;
  /** Milliseconds. @default - the clock */
  readonly now?: () => number;
  /** Milliseconds between looks. @default 2000 */
  readonly every?: number;
}

/**
 * Says why pods are not ready as it becomes known, each reason once; gives the first that waiting does not mend, or
 * nothing once there is nothing to wait for.
 */
export async function watch({
  look,
  lastWords,
  say,
  until,
  now = Date.now,
  every = 2_000,
}: Watch): Promise<Trouble | undefined> {
  const began = new Map<string, number>();
  const shown = new Set<string>();
  let first: Observation | undefined;
  while (!until.aborted) {
    const seen = await look();
    if (seen !== undefined) {
      first ??= seen;
      const troubles = troublesOf(since(first, seen));
      const present = new Set(troubles.map(keyOf));
      for (const key of began.keys()) if (!present.has(key)) began.delete(key);
      for (const trouble of troubles) {
        const key = keyOf(trouble);
        if (!began.has(key)) began.set(key, now());
        const age = now() - began.get(key)!;
        const { shownAfter, hopelessAfter } = kinds[trouble.kind];
        // What is wrong with an image or a node, it is with many pods: the first stands for all.
        const reason = trouble.ended === undefined ? trouble.why : `${key} ${trouble.why}`;
        if (age >= shownAfter && !shown.has(reason)) {
          shown.add(reason);
          say(`${trouble.what} ${trouble.why}`);
          if (trouble.ended !== undefined) say(indented(await lastWords(trouble.ended)));
        }
        if (age >= hopelessAfter && !until.aborted) return trouble;
      }
    }
    await wait(every, undefined, { signal: until }).catch(() => undefined);
  }
  return undefined;
}

const keyOf = ({ what, kind }: Trouble): string => `${what} ${kind}`;

const indented = (text: string): string =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
