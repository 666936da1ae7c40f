import { kubeconfigOf } from "./kubeconfig";
import { clusterDomain, machine, wellKnown } from "./layout";
import type { KubernetesObject } from "./objects";

/**
 * Configuration of CoreDNS. Answers live 5 s, so that a test sees within seconds which pods are there; what is not of
 * the cluster goes to the machine's own servers.
 */
export const corefile = (): string => `.:53 {
  bind ${machine.address}
  errors
  kubernetes ${clusterDomain} in-addr.arpa ip6.arpa {
    kubeconfig ${kubeconfigOf("dns")} sightline
    ttl 5
    fallthrough in-addr.arpa ip6.arpa
  }
  forward . /etc/resolv.conf
  cache 5
}
`;

/** The Service that pods send their questions to, led to the process on the machine, and what that may read. */
export const dnsObjects = (): KubernetesObject[] => [
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { ...kubeDns, labels: { "k8s-app": "kube-dns" } },
    spec: {
      clusterIP: wellKnown.dns,
      ports: [
        { name: "dns", port: 53, protocol: "UDP" },
        { name: "dns-tcp", port: 53, protocol: "TCP" },
      ],
    },
  },
  {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { ...kubeDns, labels: { "kubernetes.io/service-name": "kube-dns" } },
    addressType: "IPv4",
    endpoints: [{ addresses: [machine.address], conditions: { ready: true } }],
    ports: [
      { name: "dns", port: 53, protocol: "UDP" },
      { name: "dns-tcp", port: 53, protocol: "TCP" },
    ],
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name: "system:coredns" },
    rules: [
      { apiGroups: [""], resources: ["services", "pods", "namespaces"], verbs: ["list", "watch"] },
      { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["list", "watch"] },
    ],
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: "system:coredns" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "system:coredns" },
    subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: "system:coredns" }],
  },
];

const kubeDns = { name: "kube-dns", namespace: "kube-system" };
