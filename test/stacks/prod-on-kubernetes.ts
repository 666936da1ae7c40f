import type { Workload } from "../../components/core/workload";
import { settingsOfStack } from "../../configs/stack-file";
import { clusterOf } from "../../stacks/host";
import { describedSecrets, observability } from "../../stacks/observability";
import { plannerOf } from "../../stacks/planner";
import type { AnyManifest } from "../support/reachability";

/** The committed prod stack, described and planned, with no cluster. */
export function prodOnKubernetes() {
  const settings = settingsOfStack("prod");
  const planner = plannerOf(settings);
  const workloads: readonly Workload[] = observability(settings, planner, describedSecrets);
  const manifests = planner.plan(workloads).map(({ inputs }) => inputs as AnyManifest);
  return { options: clusterOf(settings), workloads, manifests };
}
