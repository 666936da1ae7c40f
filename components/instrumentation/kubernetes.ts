import type { Input } from "@pulumi/pulumi";
import type { Findings } from "./findings";
import { namespaceAnnotation, type Metadata } from "./identity";
import { isKnown, later } from "./later";
import { tracedPod, type PodSpec } from "./pod";
import type { Instrumentation } from "./options";

/** What a pod template, or a pod, is: `containers` says that it is one. */
interface Pod {
  readonly containers: Input<readonly Input<{ readonly name: Input<string> }>[]>;
}
interface Template {
  readonly spec?: Input<Pod>;
}
interface JobTemplate {
  readonly spec?: Input<{ readonly template: Input<Template> }>;
}

/**
 * Arguments of what runs pods: Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob, Pod. As the SDK of Pulumi
 * types them, as plain objects, or as YAML that was read.
 */
export interface KubernetesWorkload {
  readonly spec?: Input<Pod | { readonly template?: Input<Template> } | { readonly jobTemplate: Input<JobTemplate> }>;
}

/** Any object on the way to a pod. */
interface Node {
  readonly metadata?: Input<Metadata>;
  readonly spec?: Input<Node>;
  readonly template?: Input<Node>;
  readonly jobTemplate?: Input<Node>;
  readonly containers?: unknown;
}

/** A workload whose pods are traced. All else of it stays as it is. */
export function tracedWorkload(
  workload: KubernetesWorkload,
  tracing: Instrumentation,
  found: Findings,
  fallback?: string,
): KubernetesWorkload {
  const node = workload as Node;
  const name = later(node.metadata ?? {}, (metadata: Metadata) => (metadata.name ?? fallback) as Input<string>);
  return walk(node, "", tracing, found, name) as KubernetesWorkload;
}

/**
 * The pod says its namespace of services too: an agent believes what whoever creates pods says of them, and not what is sent
 * from within.
 */
const said = ({ metadata = {}, spec = {} }: Node, namespace: string): Pick<Node, "metadata"> =>
  isKnown(spec) && spec.containers === undefined
    ? {}
    : {
        metadata: later(spec, ({ containers }: Node) =>
          containers === undefined
            ? metadata
            : later(metadata, (known: Metadata) => ({
                ...known,
                annotations: later(known.annotations ?? {}, (annotations) => ({
                  ...annotations,
                  [namespaceAnnotation]: namespace,
                })),
              })),
        ),
      };

/** Goes down to the pod, by the one field that leads there. */
function walk(
  node: Node,
  path: string,
  tracing: Instrumentation,
  found: Findings,
  workload: Input<string> | undefined,
): Node {
  const at = (field: string) => (path === "" ? field : `${path}.${field}`);
  const down = (field: "spec" | "template" | "jobTemplate"): Node => ({
    ...node,
    ...(tracing.namespace !== undefined && field === "spec" && said(node, tracing.namespace)),
    [field]: later(node[field]!, (inner) =>
      inner.containers === undefined
        ? walk(inner, at(field), tracing, found, workload)
        : (later(node.metadata ?? {}, (pod: Metadata) =>
            tracedPod(inner as PodSpec, {
              tracing,
              pod,
              path: at(field),
              found,
              ...(workload !== undefined && { workload }),
            }),
          ) as Input<Node>),
    ),
  });
  if (node.jobTemplate !== undefined) return down("jobTemplate");
  if (node.template !== undefined) return down("template");
  if (node.spec !== undefined) return down("spec");
  found.refuse({
    path: at("spec"),
    reason: "no pod template found",
    remedy: "give a Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob or Pod",
  });
  return node;
}
