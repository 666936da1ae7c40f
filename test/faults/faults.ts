import type { Fault } from "./fault";
import type { LinkState } from "./link";
import type { LinkName, Process } from "./path";
import { decisionWait } from "./path";
import { around } from "./around";
import { damaged } from "./damaged";
import { changes } from "./changes";
import { inputs } from "./inputs";
import { answeredAtItsEnd, inSeconds, lineSize, spanSizes } from "./traffic";

const killed = (name: Process, exception?: Fault["exception"]): Fault => ({
  name: `${name}: kill -9`,
  ended: [name],
  async begin({ process }) {
    await process(name).stop(true);
    await process(name).start();
  },
  ...(exception && { exception }),
});

/** Only one that is asked to end loses them: all is there after `kill -9`. */
const asked = (name: Process) => (name === "prometheus" ? { exception: answeredAtItsEnd } : {});

const restarted = (name: Process): Fault => ({
  name: `${name}: restart`,
  ended: [name],
  ...asked(name),
  async begin({ process }) {
    await process(name).stop();
    await process(name).start();
  },
});

const stopped = (name: Process): Fault => ({
  name: `${name}: away`,
  ended: [name],
  ...asked(name),
  begin: ({ process }) => process(name).stop(),
  end: ({ process }) => process(name).start(),
});

/** What waits is on its disk alone. */
const killedWhileFull = (name: "agent", next: LinkName): Fault => ({
  name: `${name}: kill -9 while nothing gets through`,
  ended: [name],
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
const undecided = inSeconds(spanSizes, decisionWait + 1);

/** What VictoriaLogs has answered and not written: what comes in three seconds. */
const unwritten = 3 * lineSize.perSecond;

/** Processes that end. */
const ends: readonly Fault[] = [
  killed("agent"),
  killedWhileFull("agent", "gateway"),
  killed("gateway"),
  killed("sampler-0", { most: undecided, alert: "SamplerRestarted" }),
  killed("jaeger"),
  killed("prometheus"),
  killed("victorialogs", { most: unwritten, signals: ["lines"], alert: "TargetRestarts" }),
  ...(["agent", "gateway", "sampler-0", "jaeger", "prometheus", "victorialogs"] as const).map(restarted),
  ...(["gateway", "sampler-1", "jaeger", "prometheus", "victorialogs"] as const).map(stopped),
];

/** Ways between processes. */
const ways: readonly Fault[] = [
  ...hops.map((to) => linkIs("cut", "refuses", ...to)),
  ...hops.map((to) => linkIs("parted", "swallows", ...to)),
  ...hops.map((to) => linkIs("a second late", "slow", ...to)),
  ...(["prometheus", "logs"] as const).flatMap((to) => [
    linkIs("answers 503", 503, to),
    linkIs("answers 429", 429, to),
  ]),
  linkIs("answers 429", 429, "jaeger"),
  { ...linkIs("answers 503 for 30 s", 503, "jaeger"), lasts: 30_000, seconds: 30 },
];

/** By suite: each has a path of its own, and they run beside each other. */
export const suites = { ends, ways, around: [...around, damaged, ...inputs, ...changes] } as const satisfies Record<
  string,
  readonly Fault[]
>;

export const faults: readonly Fault[] = Object.values(suites).flat();
