import { inSeconds } from "../../core/units";
import { isOnEveryNode, type Workload } from "../../core/workload";
import { container, stepContainer } from "./container";
import { fileMounts } from "./files";
import { annotationsOf, hasPeers, labelsOf, selector } from "./objects";
import type { KubernetesOptions } from "./options";
import { serviceAccountName } from "./rbac";
import { scheduling } from "./scheduling";
import { sealedOf } from "./secrets";
import { podSecurity } from "./security";
import { volumeMounts } from "./volumes";

/** What every pod of a workload looks like. */
export function podTemplate(options: KubernetesOptions, workload: Workload) {
  const { secretsVersion = 1, priorityClass, imagePullSecrets = [] } = options;
  const { access = [], placement } = workload;
  const [files, volumes] = [fileMounts(workload), volumeMounts(workload)];
  const mounted = [...volumes.volumes, ...files.volumes];
  const first = workload.first ?? [];
  return {
    metadata: {
      labels: labelsOf(options, workload),
      ...annotationsOf(
        options,
        sealedOf(workload).length > 0 ? { "sightline.dev/secrets-version": String(secretsVersion) } : {},
      ),
    },
    spec: {
      serviceAccountName: serviceAccountName(workload),
      automountServiceAccountToken: access.length > 0,
      // Else a Service called `jaeger` gives every pod a variable JAEGER_PORT, which programs take for a setting.
      enableServiceLinks: false,
      // Names of neighbours are complete: else each is first looked for in every domain the cluster searches.
      dnsConfig: { options: [{ name: "ndots", value: "2" }] },
      ...(priorityClass !== undefined && { priorityClassName: priorityClass }),
      ...(imagePullSecrets.length > 0 && { imagePullSecrets: imagePullSecrets.map((name) => ({ name })) }),
      ...scheduling(options, workload),
      ...(!isOnEveryNode(placement) && hasPeers(placement) && { topologySpreadConstraints: spread(options, workload) }),
      securityContext: podSecurity(options, workload),
      terminationGracePeriodSeconds: terminationSeconds(workload),
      ...(first.length > 0 && { initContainers: first.map((step) => stepContainer(workload, step, files.mounts)) }),
      containers: [container(workload, [...volumes.mounts, ...files.mounts])],
      ...(mounted.length > 0 && { volumes: mounted }),
    },
  };
}

/** Longest time from being told to stop to being gone. */
export const terminationSeconds = ({ grace = "30s", drain = "0s" }: Workload): number =>
  Math.ceil(inSeconds(drain)) + Math.ceil(inSeconds(grace));

/** Pods apart from each other where there are nodes and zones for it, and together where there are not. */
const spread = (options: KubernetesOptions, { name }: Workload) =>
  ["kubernetes.io/hostname", "topology.kubernetes.io/zone"].map((topologyKey) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: selector(options, name) },
  }));
