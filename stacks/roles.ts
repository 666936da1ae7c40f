import type { Duration } from "../components/core/units";
import type { Placement } from "../components/core/workload";
import type { RoleName } from "../configs/roles";
import type { Settings } from "../configs/schema";
import { samplerDrain } from "./pipelines/sampler";

/** How Collectors of a role run. What is left out has the default of every workload. */
export interface Running {
  readonly placement?: Placement;
  readonly drain?: Duration;
}

/** Until a gateway's address is gone from every node. */
const gatewayDrain: Duration = "15s";

export const runningOf = (settings: Settings): Readonly<Record<RoleName, Running>> => ({
  collector: {},
  // Pods of its node can send to no other one: the sooner it is back, the better.
  agent: { placement: "every-node" },
  gateway: { placement: { replicas: settings.gateway.replicas }, drain: gatewayDrain },
  sampler: { placement: { replicas: settings.sampler.replicas }, drain: samplerDrain(settings) },
});

/** Processes of each role that are there at any time, for roles of which there may be several. */
export function fewestOf(settings: Settings): Readonly<Record<string, number>> {
  const running = runningOf(settings);
  return Object.fromEntries(
    settings.roles.flatMap((role) => {
      const { placement } = running[role];
      return placement === undefined ? [] : [[role, fewest(placement)]];
    }),
  );
}

/** Nobody here knows how many nodes there are. */
function fewest(placement: Placement): number {
  if (placement === "every-node") return 1;
  return typeof placement.replicas === "number" ? placement.replicas : placement.replicas.min;
}
