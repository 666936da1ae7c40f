import { isOnEveryNode, type Autoscale, type Workload } from "../../core/workload";
import type { KubernetesOptions } from "./options";

/** One planned resource: a manifest under a logical name. */
export interface KubernetesObject {
  /** Pulumi type token: `kubernetes:apps/v1:StatefulSet`. */
  readonly type: `kubernetes:${string}/${string}:${string}`;
  readonly name: string;
  readonly inputs: Manifest;
  /** It holds data: nothing but its name may ever replace it, and whoever wants it gone deletes it by hand. */
  readonly keep?: true;
}

/** What the API server is sent. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** What differs from one object to the next. */
export interface ObjectArgs extends Pick<KubernetesObject, "keep"> {
  readonly apiVersion: string;
  readonly kind: string;
  /** Logical name. */
  readonly name: string;
  /** Name on the API server, unique for its kind in its namespace. @default - the logical name */
  readonly called?: string;
  /** @default - it has none: nothing cluster-wide is created without this being left out on purpose */
  readonly namespace?: string;
  /** @default - it belongs to the stack as a whole */
  readonly workload?: Workload;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** All fields beside `metadata`: `spec`, `data`, `rules`. */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** An object with the labels by which everything of a stack is found, and with those the user adds everywhere. */
export function object(options: KubernetesOptions, args: ObjectArgs): KubernetesObject {
  const { apiVersion, kind, name, called = name, namespace, workload, keep, body = {} } = args;
  const annotations = annotationsOf(options, args.annotations);
  return {
    type: `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}` as KubernetesObject["type"],
    name,
    inputs: {
      apiVersion,
      kind,
      metadata: {
        name: called,
        ...(namespace !== undefined && { namespace }),
        labels: { ...labelsOf(options, workload, keep), ...args.labels },
        ...annotations,
      },
      ...body,
    },
    ...(keep && { keep }),
  };
}

/** Labels of an object, or of the pods of a workload. What outlives an image does not bear its version. */
export const labelsOf = (options: KubernetesOptions, workload?: Workload, keep?: true) => ({
  ...options.labels,
  "app.kubernetes.io/managed-by": "sightline",
  ...(workload === undefined ? { "app.kubernetes.io/part-of": options.name } : selector(options, workload.name)),
  ...(workload !== undefined && !keep && { "app.kubernetes.io/version": workload.image.tag }),
});

/** Annotations as part of `metadata`, where there are any. */
export function annotationsOf(
  options: KubernetesOptions,
  own: Readonly<Record<string, string>> = {},
): Pick<Manifest["metadata"], "annotations"> {
  const annotations = { ...options.annotations, ...own };
  return Object.keys(annotations).length > 0 ? { annotations } : {};
}

/** Labels that pick the pods of one workload. They can never change: a controller keeps its selector for life. */
export const selector = ({ name }: KubernetesOptions, workload: string) => ({
  "app.kubernetes.io/name": workload,
  "app.kubernetes.io/part-of": name,
});

/** Label of the namespaces of a stack, by which network policies know them. */
export const stackLabel = "sightline.dev/stack";

/** Namespace of everything that does not run on every node. */
export const mainNamespace = ({ name, namespace = name }: KubernetesOptions): string => namespace;

/** Namespace of what runs on every node, and sees nothing of it. */
export const agentNamespace = (options: KubernetesOptions): string =>
  options.agentNamespace ?? `${mainNamespace(options)}-agents`;

/** Namespace of what reads files of every node, the only one where Pod Security is not `restricted`. */
export const nodeNamespace = (options: KubernetesOptions): string =>
  options.nodeNamespace ?? `${mainNamespace(options)}-nodes`;

/** All namespaces of a stack. */
export const namespacesOf = (options: KubernetesOptions): readonly string[] => [
  mainNamespace(options),
  agentNamespace(options),
  nodeNamespace(options),
];

/** Where a workload lives. */
export function namespaceOf(options: KubernetesOptions, placement: Workload["placement"]): string {
  if (!isOnEveryNode(placement)) return mainNamespace(options);
  return placement === "every-node" ? agentNamespace(options) : nodeNamespace(options);
}

/** Name of the Service that lists every pod of a workload by itself. */
export const peersOf = (workload: string): string => `${workload}-peers`;

/** Whether pods of a workload are addressed one by one. */
export const hasPeers = (placement: Workload["placement"]): boolean =>
  isOnEveryNode(placement) || (placement !== undefined && placement.replicas !== 1);

/** Names of the pods of a StatefulSet; none where their number is not fixed. */
export const membersOf = (workload: string, placement: Workload["placement"] = { replicas: 1 }): readonly string[] =>
  isOnEveryNode(placement) || typeof placement.replicas !== "number"
    ? []
    : Array.from({ length: placement.replicas }, (_, i) => `${workload}-${i}`);

/** How many processes run, where that does not follow nodes or load. */
export const replicasOf = ({ placement = { replicas: 1 } }: Workload): number | undefined =>
  isOnEveryNode(placement) || typeof placement.replicas !== "number" ? undefined : placement.replicas;

/** Bounds between which the number of processes follows the load. */
export const autoscaleOf = ({ placement }: Workload): Autoscale | undefined =>
  placement === undefined || isOnEveryNode(placement) || typeof placement.replicas === "number"
    ? undefined
    : placement.replicas;

export type ControllerKind = "CronJob" | "DaemonSet" | "StatefulSet" | "Deployment";

/** What runs the pods of a workload: by the clock, one on each node, each with data of its own, or any number alike. */
export function controllerKind({ repeat, placement, volumes = {} }: Workload): ControllerKind {
  if (repeat !== undefined) return "CronJob";
  if (isOnEveryNode(placement)) return "DaemonSet";
  return Object.values(volumes).some(({ kind }) => kind === "persistent") ? "StatefulSet" : "Deployment";
}
