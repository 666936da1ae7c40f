import { inSeconds } from "../../core/units";
import type { Workload } from "../../core/workload";
import { claimTemplates } from "./claims";
import { cronJob } from "./cron-job";
import {
  autoscaleOf,
  controllerKind,
  namespaceOf,
  object,
  peersOf,
  replicasOf,
  selector,
  type KubernetesObject,
} from "./objects";
import type { KubernetesOptions } from "./options";
import { podTemplate, terminationSeconds } from "./pod";

/** What runs the pods of a workload. */
export const controller = (options: KubernetesOptions, workload: Workload): KubernetesObject => {
  const kind = controllerKind(workload);
  return kind === "CronJob" ? cronJob(options, workload) : keeper(kind, options, workload);
};

/** What keeps the pods of a workload running, and replaces them one by one when they change. */
function keeper(kind: keyof typeof specs, options: KubernetesOptions, workload: Workload): KubernetesObject {
  return object(options, {
    apiVersion: "apps/v1",
    kind,
    name: workload.name,
    namespace: namespaceOf(options, workload.placement),
    workload,
    ...(rolloutSeconds(workload) > usual && {
      annotations: { "pulumi.com/timeoutSeconds": String(rolloutSeconds(workload)) },
    }),
    body: {
      spec: {
        selector: { matchLabels: selector(options, workload.name) },
        ...specs[kind](options, workload),
        template: podTemplate(options, workload),
      },
    },
  });
}

/** Seconds that Pulumi waits for a rollout, and Kubernetes for each step of one, unless told otherwise. */
const usual = 600;

/** Longest time in which all pods of a workload are replaced, one by one, with a reserve to pull the image. */
function rolloutSeconds(workload: Workload): number {
  const each = inSeconds(workload.health?.startup ?? "60s") + terminationSeconds(workload);
  return 300 + Math.ceil(each) * (autoscaleOf(workload)?.max ?? replicasOf(workload) ?? 1);
}

const specs = {
  DaemonSet: () => ({ updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1 } } }),

  StatefulSet: (options: KubernetesOptions, workload: Workload) => ({
    replicas: replicasOf(workload),
    serviceName: peersOf(workload.name),
    // Pods that need not wait for each other to start or to stop do not; updates still go one by one.
    podManagementPolicy: workload.inTurn ? "OrderedReady" : "Parallel",
    updateStrategy: { type: "RollingUpdate" },
    volumeClaimTemplates: claimTemplates(options, workload),
  }),

  Deployment: (_: KubernetesOptions, workload: Workload) => ({
    // Where the number follows the load, only the autoscaler says it.
    ...(replicasOf(workload) !== undefined && { replicas: replicasOf(workload) }),
    ...(rolloutSeconds(workload) > usual && { progressDeadlineSeconds: rolloutSeconds(workload) }),
    strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
  }),
};
