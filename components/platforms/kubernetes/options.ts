import type { Exposure } from "./exposure";
import type { Scheduling } from "./scheduling";
import type { ManifestTransform } from "./transform";

export interface KubernetesOptions {
  /** Name of the stack: of its namespace unless told otherwise, and the prefix of what is cluster-wide. */
  readonly name: string;
  /** @default - the name */
  readonly namespace?: string;
  /** Namespace of what runs on every node, and sees nothing of it. It may be no other one's. @default - `<namespace>-agents` */
  readonly agentNamespace?: string;
  /** Namespace of what reads files of every node. It may be no other one's: its pods may do more. @default - `<namespace>-nodes` */
  readonly nodeNamespace?: string;
  /** Whether the namespaces are made here, with their Pod Security labels, or are there already. @default true */
  readonly createNamespaces?: boolean;
  /** Path or content of a kubeconfig. @default - KUBECONFIG, or else ~/.kube/config */
  readonly kubeconfig?: string;
  /** Context in the kubeconfig. @default - its current one */
  readonly context?: string;
  /** Labels added to everything. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations added to everything. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Storage class of every claim. @default - the cluster's default class */
  readonly storageClass?: string;
  /** Priority class of every pod. @default - the cluster's default class */
  readonly priorityClass?: string;
  /** Names of Secrets with credentials for image registries. @default - none */
  readonly imagePullSecrets?: readonly string[];
  /**
   * Raise it together with a new password: pods restart when it changes, since nothing else tells that a Secret has new
   * content.
   *
   * @default 1
   */
  readonly secretsVersion?: number;
  /**
   * Pods of a workload that a drain has to leave, by workload: `{ gateway: 2 }`.
   *
   * @default - it takes one at a time, of those that have more than one
   */
  readonly minAvailable?: Readonly<Record<string, number>>;
  /**
   * Which nodes pods of a workload run on, by workload: `{ jaeger: { nodeSelector: { disk: "ssd" } } }`.
   *
   * @default - every node with Linux that has room
   */
  readonly scheduling?: Readonly<Record<string, Scheduling>>;
  /**
   * Who processes run as: the user that their image is made for, or whoever the cluster assigns, together with the group of
   * volumes, as restricted-v2 of OpenShift does. What reads files of a node is in the group of root besides.
   *
   * @default "image"
   */
  readonly runAs?: "image" | "platform";
  /** Domain of the cluster's DNS. @default "cluster.local" */
  readonly clusterDomain?: string;
  /** How ports with reach `outside` are reached, by `workload/port`. @default - by `kubectl port-forward` alone */
  readonly expose?: Readonly<Record<string, Exposure>>;
  /**
   * Changes any manifest before it is sent, for what no option says: annotations of one ServiceAccount, a sidecar, a runtime
   * class. It may change neither kind nor name.
   *
   * @example (manifest) => (manifest.kind === "ServiceAccount" ? withRole(manifest) : manifest)
   * @default - as they are planned
   */
  readonly transform?: ManifestTransform;
}

/** Options as a settings file can have them. */
export type WrittenKubernetesOptions = Omit<KubernetesOptions, "name" | "transform">;
