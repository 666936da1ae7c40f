import type { Workload } from "../../core/workload";
import {
  autoscaleOf,
  controllerKind,
  namespaceOf,
  object,
  replicasOf,
  selector,
  type KubernetesObject,
} from "./objects";
import type { KubernetesOptions } from "./options";

/** Fewest pods of a workload that Kubernetes ever means to run; undefined on every node. */
export const fewest = (workload: Workload): number | undefined => autoscaleOf(workload)?.min ?? replicasOf(workload);

/** How many pods a drain may take at once. With a single pod there is none: it could only block every drain. */
export function budget(options: KubernetesOptions, workload: Workload): readonly KubernetesObject[] {
  const { minAvailable = {} } = options;
  const least = minAvailable[workload.name];
  if ((autoscaleOf(workload)?.max ?? replicasOf(workload) ?? 1) < 2) return [];
  return [
    object(options, {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      name: workload.name,
      namespace: namespaceOf(options, workload.placement),
      workload,
      body: {
        spec: {
          ...(least === undefined ? { maxUnavailable: 1 } : { minAvailable: least }),
          selector: { matchLabels: selector(options, workload.name) },
          // A pod that does not work is no reason to keep a node.
          unhealthyPodEvictionPolicy: "AlwaysAllow",
        },
      },
    }),
  ];
}

/** Adds and removes pods by load. */
export function autoscaler(options: KubernetesOptions, workload: Workload): readonly KubernetesObject[] {
  const scale = autoscaleOf(workload);
  if (scale === undefined) return [];
  return [
    object(options, {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      name: workload.name,
      namespace: namespaceOf(options, workload.placement),
      workload,
      body: {
        spec: {
          scaleTargetRef: { apiVersion: "apps/v1", kind: controllerKind(workload), name: workload.name },
          minReplicas: scale.min,
          maxReplicas: scale.max,
          metrics: [
            {
              type: "Resource",
              resource: { name: "cpu", target: { type: "Utilization", averageUtilization: scale.cpuPercent } },
            },
          ],
        },
      },
    }),
  ];
}
