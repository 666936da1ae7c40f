import { isIP } from "node:net";
import type { Connection, Port, Workload } from "../../core/workload";
import { exposuresOf } from "./exposure";
import { namespaceOf, namespacesOf, object, selector, type KubernetesObject } from "./objects";
import type { KubernetesOptions } from "./options";

/**
 * Who may connect to whom, as NetworkPolicies: nobody at first, then one policy for each declared edge.
 *
 * An edge takes two policies, since both ends have to agree: the server lets the client in, and the client may go out.
 * Both are planned with the client, which alone knows that the edge exists. So they follow from one workload by
 * itself, and are the same whether the stack is planned at once or one workload after another. The one thing a client
 * has to be told of its server is which of the namespaces it is in: {@link Connection.everyNode} says so.
 *
 * Answers to connections that were allowed always pass, and so do the probes of a node's own kubelet.
 */
export const policiesOf = (options: KubernetesOptions, workload: Workload): readonly KubernetesObject[] => [
  ...edgesOf(workload).map((edge) => letIn(options, workload, edge)),
  ...letOut(options, workload),
  ...exposed(options, workload),
];

/**
 * Nothing comes in and nothing goes out, unless another policy says so. In a namespace that was there before, pods that
 * are not of the stack are left alone.
 */
export const sharedPolicies = (
  options: KubernetesOptions,
  namespaces: readonly string[] = namespacesOf(options),
): readonly KubernetesObject[] =>
  namespaces.map((namespace) =>
    object(options, {
      apiVersion,
      kind,
      name: `${namespace}-default-deny`,
      called: `${options.name}-default-deny`,
      namespace,
      body: {
        spec: {
          podSelector:
            (options.createNamespaces ?? true) ? {} : { matchLabels: { "app.kubernetes.io/part-of": options.name } },
          policyTypes: ["Ingress", "Egress"],
        },
      },
    }),
  );

const apiVersion = "networking.k8s.io/v1";
const kind = "NetworkPolicy";

/** Each edge once: two scrape jobs of one Prometheus may have the same target. */
const edgesOf = ({ connects = [] }: Workload): readonly Connection[] => [
  ...new Map(connects.map((edge) => [`${edge.workload}/${edge.port}`, edge])).values(),
];

const letIn = (options: KubernetesOptions, client: Workload, edge: Connection): KubernetesObject =>
  object(options, {
    apiVersion,
    kind,
    name: `${client.name}-to-${edge.workload}-${edge.port}`,
    namespace: namespaceOfServer(options, edge),
    workload: client,
    body: {
      spec: {
        podSelector: { matchLabels: selector(options, edge.workload) },
        policyTypes: ["Ingress"],
        ingress: [{ from: [pods(options, client.name, namespaceOf(options, client.placement))], ports: [open(edge)] }],
      },
    },
  });

/** All that a workload may call, or nothing at all where it calls nobody. */
function letOut(options: KubernetesOptions, client: Workload): readonly KubernetesObject[] {
  const egress = [
    ...edgesOf(client).map((edge) => ({
      to: [pods(options, edge.workload, namespaceOfServer(options, edge))],
      ports: [open(edge)],
    })),
    ...(client.externals ?? []).map(({ host, port }) => ({ ...addressOf(host), ports: [tcp(port)] })),
    // Its address is not known before the cluster is, and policies see the port it really listens on.
    ...((client.access ?? []).length > 0 ? [{ ports: [tcp(443), tcp(6443)] }] : []),
  ];
  if (egress.length === 0) return [];
  return [
    object(options, {
      apiVersion,
      kind,
      name: `${client.name}-egress`,
      namespace: namespaceOf(options, client.placement),
      workload: client,
      body: {
        spec: {
          podSelector: { matchLabels: selector(options, client.name) },
          policyTypes: ["Egress"],
          egress: [...egress, { ports: dns }],
        },
      },
    }),
  ];
}

/** What the settings expose, to whom they expose it. */
const exposed = (options: KubernetesOptions, workload: Workload): readonly KubernetesObject[] =>
  exposuresOf(options, workload).map(({ name, port, exposure }) =>
    object(options, {
      apiVersion,
      kind,
      name: `${workload.name}-${name}-exposed`,
      namespace: namespaceOf(options, workload.placement),
      workload,
      body: {
        spec: {
          podSelector: { matchLabels: selector(options, workload.name) },
          policyTypes: ["Ingress"],
          ingress: [{ ...callersOf(exposure), ports: [open({ number: port.port, ...port })] }],
        },
      },
    }),
  );

function callersOf(exposure: ReturnType<typeof exposuresOf>[number]["exposure"]) {
  switch (exposure.kind) {
    case "cluster": {
      const { namespaces } = exposure;
      return { from: [{ namespaceSelector: namespaces === undefined ? {} : { matchLabels: namespaces } }] };
    }
    case "ingress":
    case "route":
      return { from: [{ namespaceSelector: { matchLabels: exposure.from } }] };
    case "load-balancer":
      return exposure.sources === undefined ? {} : { from: exposure.sources.map((cidr) => ({ ipBlock: { cidr } })) };
  }
}

const namespaceOfServer = (options: KubernetesOptions, { everyNode }: Connection): string =>
  namespaceOf(options, everyNode);

/** Pods of one workload. The label of the namespace is set by the API server itself, on every namespace. */
const pods = (options: KubernetesOptions, workload: string, namespace: string) => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
  podSelector: { matchLabels: selector(options, workload) },
});

const open = ({ number, protocol = "tcp" }: Pick<Connection, "number"> & Pick<Port, "protocol">) => ({
  protocol: protocol.toUpperCase(),
  port: number,
});

const tcp = (number: number) => open({ number });

/** Servers for names are pods in most clusters and an address of the node in others, so only the port is fixed. */
const dns = [open({ number: 53, protocol: "udp" }), tcp(53)];

/** A policy knows addresses, not names: behind a name there may be any. */
function addressOf(host: string) {
  const address = host.replace(/^\[(.*)\]$/, "$1");
  const version = isIP(address);
  return version === 0 ? {} : { to: [{ ipBlock: { cidr: `${address}/${version === 4 ? 32 : 128}` } }] };
}
