import { BlockList, isIP } from "node:net";

/**
 * Which pod can open which port of which other pod, as NetworkPolicies decide it. A model of what a network plug-in
 * does, for manifests that no cluster has seen.
 *
 * Source: docs/concepts/services-networking/network-policies.md of the Kubernetes website.
 */
export interface Reachability {
  /** One pod stands for all of its controller. */
  readonly pods: readonly Pod[];
  /** Whether a connection comes about: who calls has to be let out, and who is called has to let it in. */
  readonly opens: (from: Peer, to: Peer, port: number, protocol?: Protocol) => boolean;
  /** Every port that a pod says it listens on, by each pod that reaches it: `prod/grafana > prod/jaeger:16686/TCP`. */
  readonly edges: readonly string[];
}

export type Protocol = "TCP" | "UDP" | "SCTP";

/** One end of a connection: a pod, or an address that is none. */
export type Peer = Pod | { readonly address: string };

export interface Pod {
  /** `namespace/controller`. */
  readonly id: string;
  readonly namespace: string;
  readonly labels: Labels;
  /** Address that is assumed, since policies may speak of ranges. */
  readonly address: string;
  readonly ports: readonly ContainerPort[];
}

type Labels = Readonly<Record<string, string>>;

interface ContainerPort {
  readonly name?: string;
  readonly containerPort: number;
  readonly protocol?: Protocol;
}

interface Template {
  readonly metadata?: { readonly labels?: Labels };
  readonly spec: { readonly containers: readonly { readonly ports?: readonly ContainerPort[] }[] };
}

interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
    readonly values?: readonly string[];
  }[];
}

interface PolicyPeer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

interface PolicyPort {
  readonly protocol?: Protocol;
  readonly port?: number | string;
  readonly endPort?: number;
}

interface Rule {
  readonly from?: readonly PolicyPeer[];
  readonly to?: readonly PolicyPeer[];
  readonly ports?: readonly PolicyPort[];
}

interface PolicySpec {
  readonly podSelector?: Selector;
  readonly policyTypes?: readonly ("Ingress" | "Egress")[];
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

/** What the model reads of a manifest. */
export interface AnyManifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Labels };
  readonly [field: string]: unknown;
}

interface Policy {
  readonly namespace: string;
  readonly spec: PolicySpec;
}

const controllers = ["Deployment", "StatefulSet", "DaemonSet"];

export function reachability(manifests: readonly AnyManifest[]): Reachability {
  const namespaces = new Map(
    manifests.filter(({ kind }) => kind === "Namespace").map(({ metadata }) => [metadata.name, metadata.labels ?? {}]),
  );
  const pods = manifests
    .filter(({ kind }) => controllers.includes(kind) || kind === "Pod")
    .map((manifest, i) => podOf(manifest, `10.244.${Math.floor(i / 250)}.${(i % 250) + 1}`));
  const policies = manifests
    .filter(({ kind }) => kind === "NetworkPolicy")
    .map(({ metadata, spec }): Policy => ({ namespace: metadata.namespace ?? "default", spec: spec as PolicySpec }));

  // The API server sets this label on every namespace.
  const labelsOf = (namespace: string): Labels => ({
    ...namespaces.get(namespace),
    "kubernetes.io/metadata.name": namespace,
  });

  const matchesPeer = (policy: Policy, peer: PolicyPeer, other: Peer): boolean => {
    if (peer.ipBlock !== undefined) return within(peer.ipBlock, other.address);
    if (!("id" in other)) return false;
    const inNamespace =
      peer.namespaceSelector === undefined
        ? other.namespace === policy.namespace
        : matches(peer.namespaceSelector, labelsOf(other.namespace));
    return inNamespace && (peer.podSelector === undefined || matches(peer.podSelector, other.labels));
  };

  /** A pod that no policy selects for a direction allows everything; one that some select allows what any of them does. */
  const allows = (direction: "Ingress" | "Egress", pod: Pod, other: Peer, match: (port: PolicyPort) => boolean) => {
    const isolating = policies.filter(
      (policy) =>
        policy.namespace === pod.namespace &&
        matches(policy.spec.podSelector ?? {}, pod.labels) &&
        typesOf(policy.spec).includes(direction),
    );
    if (isolating.length === 0) return true;
    return isolating.some((policy) =>
      ((direction === "Ingress" ? policy.spec.ingress : policy.spec.egress) ?? []).some((rule) => {
        const peers = (direction === "Ingress" ? rule.from : rule.to) ?? [];
        const ports = rule.ports ?? [];
        return (
          (peers.length === 0 || peers.some((peer) => matchesPeer(policy, peer, other))) &&
          (ports.length === 0 || ports.some(match))
        );
      }),
    );
  };

  const opens = (from: Peer, to: Peer, port: number, protocol: Protocol = "TCP"): boolean => {
    const match = (allowed: PolicyPort) => matchesPort(allowed, to, port, protocol);
    return (
      (!("id" in from) || allows("Egress", from, to, match)) && (!("id" in to) || allows("Ingress", to, from, match))
    );
  };

  const edges = pods
    .flatMap((from) =>
      pods.flatMap((to) =>
        to.ports
          .filter(({ containerPort, protocol }) => opens(from, to, containerPort, protocol))
          .map(({ containerPort, protocol = "TCP" }) => `${from.id} > ${to.id}:${containerPort}/${protocol}`),
      ),
    )
    .sort();
  return { pods, opens, edges };
}

function podOf({ kind, metadata, ...rest }: AnyManifest, address: string): Pod {
  const template = (
    kind === "Pod" ? { metadata, spec: rest["spec"] } : (rest["spec"] as { template: Template }).template
  ) as Template;
  const { namespace = "default" } = metadata;
  return {
    id: `${namespace}/${metadata.name}`,
    namespace,
    labels: template.metadata?.labels ?? {},
    address,
    ports: template.spec.containers.flatMap(({ ports = [] }) => ports),
  };
}

/** Left out, a policy is about what comes in, and about what goes out only if it says something of that. */
const typesOf = ({ policyTypes, egress }: PolicySpec) =>
  policyTypes ?? (egress === undefined ? ["Ingress"] : ["Ingress", "Egress"]);

/** All conditions have to hold; where there are none, everything matches. */
const matches = ({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean =>
  Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
  matchExpressions.every(({ key, operator, values = [] }) => {
    const value = labels[key];
    switch (operator) {
      case "In":
        return value !== undefined && values.includes(value);
      case "NotIn":
        return value === undefined || !values.includes(value);
      case "Exists":
        return value !== undefined;
      case "DoesNotExist":
        return value === undefined;
    }
  });

/** A port by name is one of the pod that is called. */
function matchesPort(
  { protocol = "TCP", port, endPort }: PolicyPort,
  to: Peer,
  number: number,
  wanted: Protocol,
): boolean {
  if (protocol !== wanted) return false;
  if (port === undefined) return true;
  if (typeof port === "number") return endPort === undefined ? number === port : number >= port && number <= endPort;
  const named = "id" in to ? to.ports.filter(({ name, protocol = "TCP" }) => name === port && protocol === wanted) : [];
  return named.some(({ containerPort }) => containerPort === number);
}

const within = ({ cidr, except = [] }: NonNullable<PolicyPeer["ipBlock"]>, address: string): boolean =>
  inRange(cidr, address) && !except.some((range) => inRange(range, address));

function inRange(range: string, address: string): boolean {
  const [network = "", prefix] = range.split("/");
  if (isIP(network) !== isIP(address)) return false;
  const family = isIP(network) === 6 ? "ipv6" : "ipv4";
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), family);
  return list.check(address, family);
}
