import { isOnEveryNode, type Port, type Workload } from "../../core/workload";
import { controllerKind, hasPeers, namespaceOf, object, peersOf, selector, type KubernetesObject } from "./objects";
import type { KubernetesOptions } from "./options";

/** What leads neighbours to a workload: one address for all of its pods, and one name that lists them. */
export const servicesOf = (options: KubernetesOptions, workload: Workload): readonly KubernetesObject[] => [
  ...(portsOf(workload).length > 0 ? [common(options, workload)] : []),
  ...(needsPeers(workload) ? [peers(options, workload)] : []),
];

/** A StatefulSet names its pods within a Service of this kind. */
export const needsPeers = (workload: Workload): boolean =>
  hasPeers(workload.placement) || controllerKind(workload) === "StatefulSet";

const common = (options: KubernetesOptions, workload: Workload): KubernetesObject =>
  service(options, workload, workload.name, {
    type: "ClusterIP",
    // What runs on every node is asked on one's own.
    ...(isOnEveryNode(workload.placement) && { internalTrafficPolicy: "Local" }),
  });

const peers = (options: KubernetesOptions, workload: Workload): KubernetesObject =>
  service(options, workload, peersOf(workload.name), {
    type: "ClusterIP",
    clusterIP: "None",
    // Those that are ready only together have to find each other before.
    ...(isCluster(workload) && { publishNotReadyAddresses: true }),
  });

/** Whether processes of a workload speak to each other. */
const isCluster = ({ name, connects = [] }: Workload): boolean => connects.some(({ workload }) => workload === name);

const service = (options: KubernetesOptions, workload: Workload, name: string, spec: object): KubernetesObject => {
  const ports = portsOf(workload);
  return object(options, {
    apiVersion: "v1",
    kind: "Service",
    name,
    namespace: namespaceOf(options, workload.placement),
    workload,
    // Pods are waited for once, as those of their controller: on a cluster without a fitting node there may be none.
    annotations: { "pulumi.com/skipAwait": "true" },
    body: { spec: { ...spec, selector: selector(options, workload.name), ...(ports.length > 0 && { ports }) } },
  });
};

const portsOf = ({ ports }: Workload) =>
  Object.entries<Port>(ports)
    .filter(([, { reach }]) => reach !== "workload")
    .map(([name, { port, protocol = "tcp" }]) => ({ name, port, targetPort: name, protocol: protocol.toUpperCase() }));
