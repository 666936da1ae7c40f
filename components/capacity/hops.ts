import { memoryForCalls, waitingCalls } from "../collector/budgets";
import { inSeconds } from "../core/units";
import { cpuSecondsPerSpan, divided, spansPerRequestOf, type Pipeline } from "./cpu";
import type { CompleteDemand } from "./demand";
import { figures } from "./figures";
import { memoryLimit, waitingBytes, wholeSteps } from "./memory";
import { queueFor, type Waiting } from "./queue";
import { rates } from "./rates";
import { onEveryNode, replicasFor, type Processes } from "./replicas";

/** What passes one hop at peak. */
interface Passing {
  readonly name: "agent" | "gateway" | "sampler" | "jaeger";
  readonly spansPerSecond: number;
  readonly bytesPerSecond: number;
  /** Spans of one request that it receives. */
  readonly spansPerRequest: number;
  /** CPUs that all its processes use. */
  readonly cpu: number;
}

/** What passes one hop at peak, and what the hop needs for it. */
export interface Hop extends Passing, Processes, Partial<Waiting> {
  /** Memory limit of each process. */
  readonly memoryEach: number;
  /** Traces a second that each has to hold until they are judged, with one of them away. */
  readonly tracesPerSecondEach?: number;
}

/** All hops in the order in which spans pass them. */
export function hops(demand: CompleteDemand): readonly Hop[] {
  const { services, nodes, cpusPerReplica, bytesPerSpan } = demand;
  const { tracesPerSecond, spansPerSecond: arriving, keptSpansPerSecond: kept } = rates(demand, demand.peakFactor);
  const outage = inSeconds(demand.outage);
  const wait = inSeconds(demand.decisionWait);

  // As many senders, with as small requests, as there can be: a process of every service on every node.
  const agent = passing("agent", "disk", arriving, spansPerRequestOf("sdk", arriving / (services * nodes)), demand);
  const batch = spansPerRequestOf("collector", arriving / nodes);
  const gateway = passing("gateway", "everything", arriving, batch, demand);
  // How many samplers share a batch decides how small their parts are, and so how many samplers there are.
  const among = (parts: number): Passing => {
    const part = passing("sampler", "everything", arriving, divided(batch, parts), demand);
    return { ...part, cpu: part.cpu * figures.tailSamplingSlowdown.value };
  };
  const sampler = among(replicasFor(among(2).cpu, cpusPerReplica).replicas);
  const samplers = replicasFor(sampler.cpu, cpusPerReplica);
  const busy = samplers.replicas - 1;
  const tracesEach = Math.ceil(tracesPerSecond / busy);
  const jaeger = passing("jaeger", "jaeger", kept, spansPerRequestOf("collector", kept / samplers.replicas), demand);

  return [
    {
      ...agent,
      ...onEveryNode(agent.cpu, nodes),
      ...queueFor(arriving * bytesPerSpan, outage, nodes),
      memoryEach: memoryLimit(),
    },
    { ...gateway, ...replicasFor(gateway.cpu, cpusPerReplica), memoryEach: memoryLimit() },
    {
      ...sampler,
      ...samplers,
      ...queueFor(kept * bytesPerSpan, outage, busy),
      memoryEach: Math.max(
        memoryLimit(waitingBytes(arriving * bytesPerSpan, wait) / busy),
        wholeSteps(memoryForCalls(waitingCalls(tracesEach))),
      ),
      tracesPerSecondEach: tracesEach,
    },
    { ...jaeger, ...replicasFor(jaeger.cpu, cpusPerReplica), memoryEach: memoryLimit() },
  ];
}

const passing = (
  name: Passing["name"],
  pipeline: Pipeline,
  spansPerSecond: number,
  spansPerRequest: number,
  { bytesPerSpan }: CompleteDemand,
): Passing => ({
  name,
  spansPerSecond,
  bytesPerSecond: spansPerSecond * bytesPerSpan,
  spansPerRequest,
  cpu: spansPerSecond * cpuSecondsPerSpan(pipeline, spansPerRequest, bytesPerSpan),
});
