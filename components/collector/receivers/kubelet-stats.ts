import { goDuration, type Duration } from "../../core/units";
import * as check from "../checks";
import type { Receiver } from "../part";

export type KubeletGroup = "node" | "pod" | "container" | "volume";

export interface KubeletStatsOptions {
  /** What is measured. @default - node, pod and container */
  readonly groups?: readonly [KubeletGroup, ...KubeletGroup[]];
  /** @default "30s" */
  readonly interval?: Duration;
  /**
   * Whether the kubelet's certificate is checked against the cluster's authority. Most kubelets sign their own, so that
   * the check fails, unless `serverTLSBootstrap` is on and somebody approves.
   *
   * @default false
   */
  readonly verify?: boolean;
}

/** Variable that holds the address of the node; a Kubernetes platform gives it to every process. */
export const nodeAddressVariable = "K8S_NODE_IP";
const port = 10250;

/**
 * Measures the node and what runs on it, by asking the kubelet: one on every node.
 *
 * Source: receiver/kubeletstatsreceiver of the Collector's contrib repository.
 */
export const kubeletStats = ({
  groups = ["node", "pod", "container"],
  interval = "30s",
  verify = false,
}: KubeletStatsOptions = {}): Receiver<"metrics"> => ({
  role: "receiver",
  type: "kubelet_stats",
  formerly: { type: "kubeletstats", before: "0.152.0" },
  carries: { metrics: true },
  config: {
    auth_type: "serviceAccount",
    endpoint: `https://\${env:${nodeAddressVariable}}:${port}`,
    insecure_skip_verify: !verify,
    collection_interval: goDuration(interval),
    metric_groups: groups,
  },
  needs: {
    // Any node: a policy knows no variable.
    externals: [{ host: "kubelet", port }],
    access: [{ apiGroups: [""], resources: ["nodes/stats"], verbs: ["get"] }],
  },
  problems: [
    ...check.some("groups", groups, "name what to measure, or remove it"),
    ...check.duration("interval", interval),
  ],
});
