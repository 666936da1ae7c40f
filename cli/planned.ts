import type { PlannedObject } from "../components/core/platform";
import type { Workload } from "../components/core/workload";
import type { Settings } from "../configs/settings-from";
import { describedSecrets, observability } from "../stacks/observability";
import { plannerOf } from "../stacks/planner";

/** Everything settings stand for, without Pulumi and without any engine. */
export interface Plan {
  readonly workloads: readonly Workload[];
  readonly objects: readonly PlannedObject[];
}

/**
 * Describes and plans a stack.
 *
 * @throws Refusal with every problem
 */
export function planOf(settings: Settings): Plan {
  const planner = plannerOf(settings);
  const workloads = observability(settings, planner, describedSecrets);
  return { workloads, objects: planner.plan(workloads) };
}
