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
