import { limitsAlong } from "../collector/limits";
import type { Pipelines } from "../collector/pipeline";
import { healthPort } from "../collector/extensions/health-check";
import { metricsPort } from "../collector/telemetry";
import { collectorPorts, otelCollector, type CollectorPort } from "../collector/workload";
import type { Endpoint, Planner } from "../core/platform";
import type { Size } from "../core/units";
import type { Workload } from "../core/workload";
import type { GuardArgs } from "../guard/workload";
import type { Release } from "../images";
import { samplersOf } from "./afford";
import { agent } from "./agent";
import { collector } from "./collector";
import { complete, type TracingOptions } from "./defaults";
import { gateway } from "./gateway";
import { nodeReader } from "./node-reader";
import type { Judging, Measuring, OwnNode, Receiving, Stores, TraceStore, Waiting } from "./options";
import { chainProblems } from "./problems";
import { privacyProblems } from "../privacy";
import type { Redacting } from "./redact";
import { nameProblems, roomOf } from "./room";
import { besideAgents, hasNodeReader, nodeReaderName, runningOf, type CollectorRole, type Scale } from "./roles";
import { sampler } from "./sampler";

/** What is around a chain: where its data goes, how services reach it, and the program that it runs. */
export interface Neighbours extends Stores, TraceStore, Pick<Receiving, "outside" | "tokens" | "login" | "guarded"> {
  /** @default - as pinned in configs/versions.json */
  readonly image?: Release;
}

/** All that the Collectors of a chain are told. */
export interface Chain
  extends
    Neighbours,
    Redacting,
    Scale,
    Omit<Waiting, "limits">,
    Pick<Measuring, "names">,
    Pick<Judging, "tailSampling" | "samplingBudget"> {
  /** Which Collectors there are, from the services on: one of {@link chains}. */
  readonly roles: readonly CollectorRole[];
  /** Memory of a process of each role: its limits, its queue's share and its budgets follow from it. */
  readonly memory: Readonly<Record<CollectorRole | typeof nodeReaderName, Size>>;
  readonly node: OwnNode;
  readonly sampler: Scale["sampler"] & Pick<Judging, "tracesPerSecond">;
}

/** What one Collector of a chain is told: what all are, and its place. */
export interface HopOptions extends Stores, TraceStore, Receiving, Redacting, Waiting, Measuring, Judging {
  readonly next: Endpoint;
  readonly node: OwnNode;
}

/** What each role does: `collector` all of it, the others a part each. */
export const pipelinesOf: Readonly<Record<CollectorRole, (options: HopOptions) => Pipelines>> = {
  collector,
  agent,
  gateway,
  sampler,
};

/** What the Collector in one place of a chain is told, where the next one, or Jaeger, is known. */
export function hopOptions(options: Chain, place: number, next: Endpoint): HopOptions {
  const { roles, memory, sampler, login } = options;
  const [first = "collector"] = roles;
  return {
    ...options,
    memory: memory[roles[place]!],
    decisionWait: sampler.decisionWait,
    tracesPerSecond: sampler.tracesPerSecond,
    samplers: samplersOf(options),
    first: place === 0,
    limits: limitsAlong(roles.length, memory[first])[place]!,
    next: login && place < roles.length - 1 ? { ...next, login } : next,
  };
}

/** What a guard before a chain is told: its first Collector, and what there is room for behind it. */
export function guardOf(options: Chain, at: Planner): GuardArgs {
  const { roles, memory, outside, tokens } = options;
  const [first = "collector"] = roles;
  const { placement } = runningOf(options)[first];
  const located = at.locate(first, collectorPorts, placement);
  return {
    collector: {
      grpc: located["otlp-grpc"],
      http: located["otlp-http"],
      memory: memory[first],
      takes: limitsAlong(roles.length, memory[first])[0]!.takes,
      services: roomOf(options).services,
    },
    outside,
    asks: tokens !== undefined,
    placement,
  };
}

/** Where the Collectors of a chain are found, in its order. */
export const locateAll = (
  { roles, ...scale }: Pick<Chain, "roles" | keyof Scale>,
  at: Planner,
): readonly Readonly<Record<CollectorPort, Endpoint>>[] =>
  roles.map((role) => at.locate(role, collectorPorts, runningOf(scale)[role].placement));

/** Where what reads nodes is found, where there is any. */
export const locateNodeReader = (
  { roles, node }: Pick<Chain, "roles" | "node">,
  at: Planner,
): Readonly<Record<"metrics" | "health", Endpoint>> | undefined =>
  hasNodeReader(roles, node) ? at.locate(nodeReaderName, { ...metricsPort, ...healthPort }, besideAgents) : undefined;

/**
 * The Collectors that spans pass on their way from services to Jaeger, each with what it measures, keeps and passes on.
 * Limits of requests follow from each other along the chain, and budgets of names from memory. Where agents are, what reads their nodes
 * is beside them.
 *
 * @example
 * const collectors = tracing(
 *   { roles: ["agent", "gateway", "sampler"], tailSampling: { errors: true, percent: 10 }, storage, jaeger, prometheus, logs },
 *   platform,
 * );
 */
export function tracing(written: TracingOptions, at: Planner): Workload<CollectorPort>[] {
  const options = complete(written);
  const { roles, image, memory, jaeger } = options;
  const running = runningOf(options);
  const located = locateAll(options, at);
  const problems = [...chainProblems(options), ...nameProblems(options), ...privacyProblems(options.privacy)];
  const collectors = roles.map((role, place) => {
    const workload = otelCollector(role, {
      ...(image && { image }),
      memory: memory[role],
      ...running[role],
      pipelines: pipelinesOf[role](hopOptions(options, place, located[place + 1]?.["otlp-grpc"] ?? jaeger)),
    });
    // Of what they have in common the first tells.
    return place > 0 ? workload : { ...workload, problems: [...problems, ...(workload.problems ?? [])] };
  });
  return hasNodeReader(roles, options.node) ? [...collectors, reader(options)] : collectors;
}

/** A Collector of its own, so that who can make the agent do what it should not has nothing of the node. */
function reader({ memory, image, ...options }: Chain): Workload<CollectorPort> {
  const own = memory[nodeReaderName];
  return otelCollector(nodeReaderName, {
    ...(image && { image }),
    memory: own,
    placement: besideAgents,
    pipelines: nodeReader({ ...options, limits: limitsAlong(1, own)[0]! }),
  });
}
