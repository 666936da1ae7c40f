import type { Duration } from "../core/units";
import { isOnEveryNode, type EveryNode, type Placement } from "../core/workload";
import { readsNode } from "./node-reader";
import type { OwnNode } from "./options";
import { samplerDrain } from "./sampler";

/** Collectors in the order in which spans pass them; `collector` does all that the others share. */
export const collectorRoles = ["agent", "gateway", "sampler", "collector"] as const;
export type CollectorRole = (typeof collectorRoles)[number];

/** Chains that work, each from the services to Jaeger. */
export const chains: readonly (readonly CollectorRole[])[] = [
  ["collector"],
  ["agent", "collector"],
  ["gateway", "sampler"],
  ["agent", "gateway", "sampler"],
];

type Replicas = Exclude<Placement, EveryNode>["replicas"];

/** Of which roles there are how many. */
export interface Scale {
  readonly gateway: { readonly replicas: Replicas };
  readonly sampler: {
    readonly replicas: Replicas;
    readonly decisionWait: Duration;
    /** How long caches of DNS go on naming a sampler that has left. */
    readonly dnsTtl: Duration;
    /** As their number changes, traces are split between them, and both decide about a part. @default - that is refused */
    readonly acceptSplitTraces?: boolean;
  };
}

/** How Collectors of a role run. What is left out has the default of every workload. */
export interface Running {
  readonly placement?: Placement;
  readonly drain?: Duration;
}

/** What reads the node stands beside each agent, and in no chain: nobody sends to it. */
export const nodeReaderName = "node-reader";
export const besideAgents: EveryNode = "reads-every-node";

/** Whether there is one. */
export const hasNodeReader = (roles: readonly CollectorRole[], node: OwnNode): boolean =>
  roles.includes("agent") && readsNode(node);

/** Until a gateway's address is gone from every node. */
const gatewayDrain: Duration = "15s";

export const runningOf = ({ gateway, sampler }: Scale): Readonly<Record<CollectorRole, Running>> => ({
  collector: {},
  // Pods of its node can send to no other one: the sooner it is back, the better.
  agent: { placement: "every-node" },
  gateway: { placement: { replicas: gateway.replicas }, drain: gatewayDrain },
  sampler: { placement: { replicas: sampler.replicas }, drain: samplerDrain(sampler) },
});

/** Processes of each role that are there at any time, for roles of which there may be several. */
export function fewestOf(
  roles: readonly CollectorRole[],
  scale: Scale,
  node: OwnNode,
): Readonly<Record<string, number>> {
  const running = runningOf(scale);
  return {
    ...Object.fromEntries(
      roles.flatMap((role) => {
        const { placement } = running[role];
        return placement === undefined ? [] : [[role, fewest(placement)]];
      }),
    ),
    ...(hasNodeReader(roles, node) && { [nodeReaderName]: fewest(besideAgents) }),
  };
}

/** Nobody here knows how many nodes there are. */
function fewest(placement: Placement): number {
  if (isOnEveryNode(placement)) return 1;
  return typeof placement.replicas === "number" ? placement.replicas : placement.replicas.min;
}
