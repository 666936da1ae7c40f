import { memoryForWaiting, waitingCalls } from "../collector/budgets";
import { within, type Problem } from "../core/problems";
import { inBytes, inSeconds, type Duration } from "../core/units";
import { wantedProblems } from "../sampling/attribute-policy";
import { affordable, samplersOf } from "./afford";
import { samples } from "./keep";
import { chains } from "./roles";
import type { Chain as Whole } from "./tracing";

type Chain = Pick<Whole, "roles" | "gateway" | "sampler" | "tailSampling" | "samplingBudget" | "memory"> &
  Partial<Pick<Whole, "tokens" | "login">>;

const written = chains.map((chain) => chain.join(", "));

/** A span that waits longer is found by nobody who looks for it now. */
const longestWait: Duration = "5m";

/** Roles that do not fit together, and samplers that would decide about parts of traces. */
export const chainProblems = (options: Chain): Problem[] => [
  ...unknownChain(options),
  ...samplerProblems(options),
  ...attributeProblems(options),
  ...budgetProblems(options),
  ...waitProblems(options),
  ...scaleProblems(options),
  ...tokenProblems(options),
];

const tokenProblems = ({ roles, tokens, login }: Chain): Problem[] =>
  tokens === undefined || login !== undefined || roles.length === 1
    ? []
    : [
        {
          path: "login",
          reason: "missing, but there are tokens: Collectors behind the first would let everyone send",
          remedy: "make one with loginOf",
        },
      ];

function unknownChain({ roles }: Chain): Problem[] {
  if (written.includes(roles.join(", "))) return [];
  return [
    {
      path: "roles",
      value: roles,
      reason: "not a valid chain of Collectors",
      remedy: `write [${written.join("], [")}]: collector does the work of gateway and sampler in one process`,
    },
  ];
}

function samplerProblems(options: Chain): Problem[] {
  const { roles, sampler } = options;
  if (!roles.includes("sampler")) return [];
  const problems: Problem[] = [];
  if (!samples(options)) {
    problems.push({
      path: "tailSampling",
      reason: "a sampler without policies has nothing to decide on",
      remedy:
        "write what to keep, as { errors: true, percent: 10 }, or samplingBudget, or write collector instead of gateway and sampler",
    });
  }
  if (typeof sampler.replicas !== "number" && !sampler.acceptSplitTraces) {
    problems.push({
      path: "sampler.replicas",
      value: sampler.replicas,
      reason: "each change in the number of samplers splits traces between two of them, and each decides on a part",
      remedy: "write a fixed number, or accept split traces with acceptSplitTraces: true",
    });
  }
  return problems;
}

const attributeProblems = ({ tailSampling: { attributes = {} } }: Chain): Problem[] =>
  Object.entries(attributes).flatMap(([key, wanted]) =>
    within(`tailSampling.attributes.${key}`, wantedProblems(wanted)),
  );

/** A budget that cannot be kept, or beside policies that know of none. */
function budgetProblems(options: Chain): Problem[] {
  const { tailSampling, samplingBudget } = options;
  if (samplingBudget === undefined) return [];
  if (samples({ tailSampling })) {
    const beside = Object.keys(tailSampling).join(", ");
    return [
      {
        path: "samplingBudget",
        value: samplingBudget.budget,
        reason: `beside tailSampling (${beside}), which keeps more as traffic grows`,
        remedy: "leave tailSampling out, and write what must be kept in samplingBudget.always",
      },
    ];
  }
  const plan = affordable({ samplingBudget, samplers: samplersOf(options) });
  return within("samplingBudget", plan?.problems);
}

function waitProblems(options: Chain): Problem[] {
  const { roles, sampler, memory } = options;
  const { decisionWait, tracesPerSecond } = sampler;
  const decides = roles.at(-1);
  if (decides === undefined || !samples(options)) return [];
  if (!(inSeconds(decisionWait) > 0 && inSeconds(decisionWait) <= inSeconds(longestWait))) {
    return [
      {
        path: "sampler.decisionWait",
        value: decisionWait,
        reason: `not between 0 and ${longestWait}; spans accepted during this time are only in memory`,
        remedy: "write the usual duration of a trace plus 10 s for its senders",
      },
    ];
  }
  const traces = tracesPerSecond * inSeconds(decisionWait);
  const needed = memoryForWaiting(traces, waitingCalls(tracesPerSecond), decides === "collector");
  if (inBytes(memory[decides]) >= needed) return [];
  return [
    {
      path: `memory.${decides}`,
      value: memory[decides],
      reason: `not enough for ${tracesPerSecond} traces of 20 KiB a second held for ${decisionWait} in a single process while the others are down, plus its state for metric names`,
      remedy: `write "${Math.ceil(needed / 1024 ** 2)} MiB" or more, or lower sampler.decisionWait or sampler.tracesPerSecond`,
    },
  ];
}

const scaleProblems = ({ gateway, sampler }: Chain): Problem[] =>
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
