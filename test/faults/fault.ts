import { setTimeout as wait } from "node:timers/promises";
import type { Path, Process } from "./path";
import type { Count } from "./traffic";

/** Something that goes wrong while data comes. */
export interface Fault {
  readonly name: string;
  /** @default - services do it themselves */
  begin?(path: Path): Promise<void> | void;
  /** Mends it. @default - there is nothing to mend */
  end?(path: Path): Promise<void> | void;
  /** What else has to be so once all is found. @default - nothing */
  found?(path: Path): Promise<void>;
  /** Processes that it ends: their counters begin anew. @default - it ends none */
  readonly ended?: readonly Process[];
  /** How far the clock of services is ahead meanwhile, in milliseconds. @default 0 */
  readonly ahead?: number;
  /** How long data is sent meanwhile, in seconds. @default 3 */
  readonly seconds?: number;
  /** Longest time that it lasts, in milliseconds. @default {@link lasts} */
  readonly lasts?: number;
  /** What may be lost, which docs/loss.md says with its alert. @default - nothing */
  readonly exception?: {
    readonly most: number;
    /** @default - spans alone */
    readonly signals?: readonly Count["signal"][];
    /** @default - none tells of it */
    readonly alert?: string;
    /** Processes that do not count what they lose: it stays without an entry in their ledger. @default - none */
    readonly unseenBy?: readonly Process[];
  };
}

/** Longest time that a fault lasts, in milliseconds. */
export const lasts = 3_000;

/** Ends when the promise does, or when time is up. */
export const atMost = (milliseconds: number, work: Promise<unknown>): Promise<unknown> =>
  Promise.race([work, wait(milliseconds)]);
