import { isOnEveryNode, type Workload } from "../../core/workload";
import type { KubernetesOptions } from "./options";

/** Which nodes pods of a workload run on, in the words of a pod's `spec`. */
export interface Scheduling {
  /** Labels that a node must have. @default - Linux alone */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Taints that do not turn its pods away. @default - none; all of them for what runs on every node */
  readonly tolerations?: readonly Toleration[];
  /** Passed on as it is. @default - none */
  readonly affinity?: Readonly<Record<string, unknown>>;
}

export interface Toleration {
  /** @default - every key, with the operator Exists */
  readonly key?: string;
  /** @default "Equal" */
  readonly operator?: "Equal" | "Exists";
  /** @default - an empty one */
  readonly value?: string;
  /** @default - every effect */
  readonly effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
  /** Seconds until a pod leaves a node that got the taint later, with the effect NoExecute. @default - it stays */
  readonly tolerationSeconds?: number;
}

/** Label that every kubelet sets. */
export const osLabel = "kubernetes.io/os";

/** Also nodes that turn others away. */
const everything: readonly Toleration[] = [{ operator: "Exists" }];

/** Every image is for Linux: on a node with Windows a pod would wait for ever for its image. */
export function scheduling({ scheduling = {} }: KubernetesOptions, { name, placement }: Workload) {
  const { nodeSelector, tolerations, affinity } = scheduling[name] ?? {};
  const tolerated = tolerations ?? (isOnEveryNode(placement) ? everything : []);
  return {
    nodeSelector: { ...nodeSelector, [osLabel]: "linux" },
    ...(tolerated.length > 0 && { tolerations: tolerated }),
    ...(affinity !== undefined && { affinity }),
  };
}
