import { z } from "zod";
import { within, type Problem } from "../components/core/problems";
import { inBytes, inSeconds, type Duration, type Size } from "../components/core/units";
import { wantedProblems } from "../components/sampling/attribute-policy";
import { count, duration, flag, text } from "./values";

/** Collectors in the order in which spans pass them. */
const order = ["agent", "gateway", "sampler", "collector"] as const;
export type RoleName = (typeof order)[number];

/** Which Collectors there are. */
export const roles = z.array(z.enum(order, `must be some of ${order.join(", ")}`), "must be a list");

export const agent = z.strictObject({
  hostMetrics: flag.default(true),
  kubeletMetrics: z
    .enum(["off", "unverified", "verified"], "must be off, unverified or verified")
    .default("unverified"),
  containerLogs: flag.default(true),
});

const autoscale = z.strictObject({ min: count, max: count, cpuPercent: count.max(100) });
const replicas = z
  .union([count, autoscale], "must be a whole number above zero, or { min, max, cpuPercent }")
  .default(2);

export const gateway = z.strictObject({ replicas });

export const sampler = z.strictObject({
  replicas,
  decisionWait: duration.default("30s"),
  tracesPerSecond: count.default(500),
  dnsTtl: duration.default("30s"),
  acceptSplitTraces: flag.default(false),
});

const end = z.number("must be a number").optional();
/** A value of an attribute, of the type that SDKs give it. */
const wanted = z.union(
  [text, z.number(), flag, z.strictObject({ min: end, max: end })],
  "must be a text, a number, true, false or { min, max }",
);

/** What tail sampling keeps; nothing set keeps every trace. */
export const tailSampling = z.strictObject({
  errors: flag.optional(),
  slowerThan: duration.optional(),
  attributes: z
    .record(z.string(), z.array(wanted, "must be a list of values"), "must be attributes and values")
    .optional(),
  spansPerSecond: count.optional(),
  percent: z.number("must be a number").min(0, "must be at least 0").max(100, "must be at most 100").optional(),
});

interface Roles {
  readonly roles: readonly RoleName[];
  readonly gateway: z.infer<typeof gateway>;
  readonly sampler: z.infer<typeof sampler>;
  readonly tailSampling: z.infer<typeof tailSampling>;
  readonly memory: Readonly<Record<RoleName, Size>>;
}

/** Whether traces are judged as a whole, or all are kept. */
export const samples = ({ tailSampling }: Pick<Roles, "tailSampling">): boolean =>
  Object.values(tailSampling).some((value) => value !== undefined && value !== false);

const chains: readonly string[] = ["collector", "agent, collector", "gateway, sampler", "agent, gateway, sampler"];

/** A span that waits longer is found by nobody who looks for it now. */
const longestWait: Duration = "5m";

/** A usual trace while it waits: 20 spans of a kibibyte. */
const traceBytes = 20 * 1024;
/** The rest of a sampler's memory is its decisions, its queue and what the memory limiter keeps free. */
const shareForTraces = 0.5;

/** Roles that do not fit together, and samplers that would decide about parts of traces. */
export const roleProblems = (settings: Roles): Problem[] => [
  ...chainProblems(settings),
  ...samplerProblems(settings),
  ...attributeProblems(settings),
  ...waitProblems(settings),
  ...scaleProblems(settings),
];

function chainProblems({ roles }: Roles): Problem[] {
  if (chains.includes(roles.join(", "))) return [];
  return [
    {
      path: "roles",
      value: roles,
      reason: "no chain of Collectors",
      remedy: `write [${chains.join("], [")}]: collector does by itself what gateway and sampler share`,
    },
  ];
}

function samplerProblems(settings: Roles): Problem[] {
  const { roles, sampler } = settings;
  if (!roles.includes("sampler")) return [];
  const problems: Problem[] = [];
  if (!samples(settings)) {
    problems.push({
      path: "tailSampling",
      reason: "a sampler without policies has nothing to decide",
      remedy: "write what to keep, as { errors: true, percent: 10 }, or write collector instead of gateway and sampler",
    });
  }
  if (typeof sampler.replicas !== "number" && !sampler.acceptSplitTraces) {
    problems.push({
      path: "sampler.replicas",
      value: sampler.replicas,
      reason: "each change of their number moves traces between samplers, and both decide about a part",
      remedy: "write a number, or accept that with acceptSplitTraces: true",
    });
  }
  return problems;
}

const attributeProblems = ({ tailSampling: { attributes = {} } }: Roles): Problem[] =>
  Object.entries(attributes).flatMap(([key, wanted]) =>
    within(`tailSampling.attributes.${key}`, wantedProblems(wanted)),
  );

function waitProblems(settings: Roles): Problem[] {
  const { roles, sampler, memory } = settings;
  const { decisionWait, tracesPerSecond } = sampler;
  const decides = roles.at(-1);
  if (decides === undefined || !samples(settings)) return [];
  if (!(inSeconds(decisionWait) > 0 && inSeconds(decisionWait) <= inSeconds(longestWait))) {
    return [
      {
        path: "sampler.decisionWait",
        value: decisionWait,
        reason: `not between 0 and ${longestWait}, and that much of what was accepted is in memory alone`,
        remedy: "write as long as usual traces take, and 10 s for their senders",
      },
    ];
  }
  const needed = (tracesPerSecond * inSeconds(decisionWait) * traceBytes) / shareForTraces;
  if (inBytes(memory[decides]) >= needed) return [];
  return [
    {
      path: `memory.${decides}`,
      value: memory[decides],
      reason: `too little for ${tracesPerSecond} traces of 20 KiB a second that wait for ${decisionWait}, all of them in one process while the others are away`,
      remedy: `write "${Math.ceil(needed / 1024 ** 2)} MiB" or more, or lower sampler.decisionWait or sampler.tracesPerSecond`,
    },
  ];
}

const scaleProblems = ({ gateway, sampler }: Roles): Problem[] =>
  Object.entries({ gateway, sampler }).flatMap(([path, { replicas }]) =>
    typeof replicas === "number" || replicas.min <= replicas.max
      ? []
      : [
          {
            path: `${path}.replicas.min`,
            value: replicas.min,
            reason: `more than max (${replicas.max})`,
            remedy: "lower it, or raise max",
          },
        ],
  );
