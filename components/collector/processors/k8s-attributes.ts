import type { Config } from "../../core/config";
import type { AccessRule } from "../../core/workload";
import { literal } from "../literal";
import type { Processor, Signal } from "../part";

/** Attributes that can be looked up for a pod. */
export type K8sMetadata =
  | "k8s.namespace.name"
  | "k8s.pod.name"
  | "k8s.pod.uid"
  | "k8s.pod.hostname"
  | "k8s.pod.ip"
  | "k8s.pod.start_time"
  | "k8s.deployment.name"
  | "k8s.deployment.uid"
  | "k8s.replicaset.name"
  | "k8s.replicaset.uid"
  | "k8s.daemonset.name"
  | "k8s.daemonset.uid"
  | "k8s.statefulset.name"
  | "k8s.statefulset.uid"
  | "k8s.job.name"
  | "k8s.job.uid"
  | "k8s.cronjob.name"
  | "k8s.cronjob.uid"
  | "k8s.node.name"
  | "k8s.node.uid"
  | "k8s.cluster.uid"
  | "k8s.container.name"
  | "container.id"
  | "container.image.name"
  | "container.image.tags"
  | "container.image.repo_digests"
  | "service.namespace"
  | "service.name"
  | "service.version"
  | "service.instance.id";

/** A label or an annotation that becomes an attribute: one by its key, or all that a pattern matches. */
export type K8sField = ({ readonly key: string } | { readonly keyPattern: string }) & {
  /** Name of the attribute. @default - `k8s.<owner>.labels.<key>` */
  readonly attribute?: string;
  /** Whose it is. @default "pod" */
  readonly from?: K8sOwner;
};
export type K8sOwner = "pod" | "namespace" | "node" | "deployment" | "statefulset" | "daemonset" | "job";

export interface K8sAttributesOptions {
  /** Tells several of them apart. @default - the type alone */
  readonly name?: string;
  /** @default - names of namespace, pod, deployment, stateful set, daemon set and node, the pod's uid, and service attributes */
  readonly metadata?: readonly [K8sMetadata, ...K8sMetadata[]];
  /** @default - none */
  readonly labels?: readonly K8sField[];
  /** @default - none */
  readonly annotations?: readonly K8sField[];
  /** Looks at pods of its own node alone, which an agent on every node does. @default false */
  readonly ownNode?: boolean;
}

/** Variable that holds the name of the node; a Kubernetes platform gives it to every process. */
export const nodeNameVariable = "K8S_NODE_NAME";

/**
 * Adds which pod, workload and node sent it: by the pod's uid or address where the sender says so, by the connection
 * otherwise. The connection tells nothing behind a load balancer, so agents do this before they send on.
 *
 * Source: processor/k8sattributesprocessor/README.md of the Collector's contrib repository.
 */
export const k8sAttributes = ({
  name,
  metadata = [
    "k8s.namespace.name",
    "k8s.pod.name",
    "k8s.pod.uid",
    "k8s.deployment.name",
    "k8s.statefulset.name",
    "k8s.daemonset.name",
    "k8s.node.name",
    "service.namespace",
    "service.name",
    "service.version",
    "service.instance.id",
  ],
  labels = [],
  annotations = [],
  ownNode = false,
}: K8sAttributesOptions = {}): Processor<Signal> => ({
  role: "processor",
  type: "k8s_attributes",
  ...(name !== undefined && { name }),
  formerly: { type: "k8sattributes", before: "0.146.0" },
  stage: "identify",
  carries: { traces: true, metrics: true, logs: true },
  config: {
    auth_type: "serviceAccount",
    extract: {
      metadata,
      ...(labels.length > 0 && { labels: labels.map(field) }),
      ...(annotations.length > 0 && { annotations: annotations.map(field) }),
    },
    ...(ownNode && { filter: { node_from_env_var: nodeNameVariable } }),
    pod_association: [
      { sources: [{ from: "resource_attribute", name: "k8s.pod.uid" }] },
      { sources: [{ from: "resource_attribute", name: "k8s.pod.ip" }] },
      { sources: [{ from: "connection" }] },
    ],
  },
  needs: { access: accessFor(metadata, [...labels, ...annotations]) },
});

const field = (wanted: K8sField): Config => ({
  ...(wanted.attribute !== undefined && { tag_name: literal(wanted.attribute) }),
  ...("key" in wanted ? { key: wanted.key } : { key_regex: literal(wanted.keyPattern) }),
  from: wanted.from ?? "pod",
});

/** Rights to read exactly what is looked up. */
function accessFor(metadata: readonly K8sMetadata[], fields: readonly K8sField[]): AccessRule[] {
  const from = (owner: K8sOwner) => fields.some((wanted) => wanted.from === owner);
  const has = (...names: readonly K8sMetadata[]) => metadata.some((name) => names.includes(name));
  const apps = [
    ...(has("k8s.deployment.uid") || from("deployment") ? ["replicasets"] : []),
    ...(from("deployment") ? ["deployments"] : []),
    ...(from("statefulset") ? ["statefulsets"] : []),
    ...(from("daemonset") ? ["daemonsets"] : []),
  ];
  return [
    rule("", ["pods", "namespaces", ...(has("k8s.node.uid") || from("node") ? ["nodes"] : [])]),
    ...(apps.length > 0 ? [rule("apps", apps)] : []),
    ...(has("k8s.cronjob.uid") || from("job") ? [rule("batch", ["jobs"])] : []),
  ];
}

const rule = (group: string, resources: readonly string[]): AccessRule => ({
  apiGroups: [group],
  resources,
  verbs: ["get", "list", "watch"],
});
