import { setTimeout as wait } from "node:timers/promises";
import type { LinkState } from "./link";
import type { LinkName, Path, Process } from "./path";
import { decisionWait } from "./path";
import { spanSizes } from "./traffic";

/** Something that goes wrong while data comes. */
export interface Fault {
  readonly name: string;
  begin(path: Path): Promise<void> | void;
  /** Mends it. @default - there is nothing to mend */
  end?(path: Path): Promise<void> | void;
  /** The process that it ends: its counters begin anew. @default - it ends none */
  readonly ended?: Process;
  /** What may be lost, which docs/loss.md says with its alert. @default - nothing */
  readonly exception?: { readonly most: number; readonly alert: string };
}

const killed = (name: Process, exception?: Fault["exception"]): Fault => ({
  name: `${name}: kill -9`,
  ended: name,
  async begin({ process }) {
    await process(name).stop(true);
    await process(name).start();
  },
  ...(exception && { exception }),
});

const restarted = (name: Process): Fault => ({
  name: `${name}: restart`,
  ended: name,
  async begin({ process }) {
    await process(name).stop();
    await process(name).start();
  },
});

const stopped = (name: Process): Fault => ({
  name: `${name}: away`,
  ended: name,
  begin: ({ process }) => process(name).stop(),
  end: ({ process }) => process(name).start(),
});

/** What waits is on its disk alone. */
const killedWhileFull = (name: "agent", next: LinkName): Fault => ({
  name: `${name}: kill -9 while nothing gets through`,
  ended: name,
  begin: ({ link }) => link(next, "refuses"),
  async end({ process, link }) {
    await process(name).stop(true);
    await process(name).start();
    link(next, "carries");
  },
});

const linkIs = (what: string, state: LinkState, ...to: readonly LinkName[]): Fault => ({
  name: `to ${to.map((name) => name.replace(/-\d$/, "")).at(0)}: ${what}`,
  begin: ({ link }) => to.forEach((name) => link(name, state)),
  end: ({ link }) => to.forEach((name) => link(name, "carries")),
});
const hops: readonly (readonly LinkName[])[] = [
  ["gateway"],
  ["sampler-0", "sampler-1"],
  ["jaeger"],
  ["prometheus"],
  ["logs"],
];

/** Undecided spans of a sampler: those of one wait, and of a second between two looks at the clock; requests are whole. */
const undecided = spanSizes.reduce(
  (sum, { perSecond, perRequest }) => sum + Math.max((decisionWait + 1) * perSecond, perRequest),
  0,
);

export const faults: readonly Fault[] = [
  killed("agent"),
  killedWhileFull("agent", "gateway"),
  killed("gateway"),
  killed("sampler-0", { most: undecided, alert: "SamplerRestarted" }),
  killed("jaeger"),
  killed("prometheus"),
  ...(["agent", "gateway", "sampler-0", "jaeger", "prometheus"] as const).map(restarted),
  ...(["gateway", "sampler-1", "jaeger", "prometheus"] as const).map(stopped),
  ...hops.map((to) => linkIs("cut", "refuses", ...to)),
  ...hops.map((to) => linkIs("parted", "swallows", ...to)),
  ...hops.map((to) => linkIs("a second late", "slow", ...to)),
  ...(["prometheus", "logs"] as const).flatMap((to) => [
    linkIs("answers 503", 503, to),
    linkIs("answers 429", 429, to),
  ]),
];

/** Longest time that a fault lasts, in milliseconds. */
export const lasts = 3_000;

/** Ends when the promise does, or when time is up. */
export const atMost = (milliseconds: number, work: Promise<unknown>): Promise<unknown> =>
  Promise.race([work, wait(milliseconds)]);
