import { within, type Problem } from "../../core/problems";
import type { Workload } from "../../core/workload";
import { mountProblems } from "../check-mounts";
import { portProblems } from "../check-ports";
import { runProblems } from "../check-runs";
import { amountProblems, nameProblems, orderProblems, unknownNeighbours } from "../check-workload";
import { contentProblems } from "./check-content";
import { misplacedEdges } from "./check-edges";
import { nameClashes } from "./check-names";
import { optionProblems } from "./check-options";
import { disruptionProblems, placementProblems } from "./check-placement";
import { schedulingProblems } from "./check-scheduling";
import { memoryProblems, portNameProblems, scheduleProblems } from "./check-pod";
import { exposureProblems, unknownExposures } from "./expose-check";
import type { KubernetesOptions } from "./options";

/** Everything that keeps a cluster from running these workloads. */
export const problemsOf = (options: KubernetesOptions, workloads: readonly Workload[]): Problem[] => [
  ...optionProblems(options),
  ...schedulingProblems(options),
  ...workloads.flatMap((workload) =>
    within(workload.name, [
      ...(workload.problems ?? []),
      ...nameProblems(workload.name),
      ...placementProblems(workload),
      ...memoryProblems(workload),
      ...amountProblems(workload),
      ...orderProblems(workload),
      ...runProblems(workload),
      ...scheduleProblems(workload),
      ...portProblems(workload),
      ...portNameProblems(workload),
      ...mountProblems(workload),
      ...contentProblems(workload),
    ]),
  ),
  ...nameClashes(workloads),
  ...disruptionProblems(options, workloads),
  ...exposureProblems(options, workloads),
];

/** Names that lead to nothing among these workloads: of connections, of exposed ports, and of guarded workloads. */
export const danglingNames = (options: KubernetesOptions, workloads: readonly Workload[]): Problem[] => [
  ...unknownNeighbours(workloads),
  ...misplacedEdges(workloads),
  ...unknownExposures(options, workloads),
  ...(["minAvailable", "scheduling"] as const).flatMap((option) =>
    Object.keys(options[option] ?? {})
      .filter((name) => !workloads.some((workload) => workload.name === name))
      .map((name) => ({
        path: `${option}.${name}`,
        reason: "no such workload",
        remedy: `name one of ${workloads.map((workload) => workload.name).join(", ")}`,
      })),
  ),
];
