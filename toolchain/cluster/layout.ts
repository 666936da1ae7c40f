import { join } from "node:path";
import { cacheFolder } from "../cache";

/** The one folder that holds everything of the cluster: keys, data, logs, process ids, files of its nodes. */
export const clusterFolder = (...parts: readonly string[]): string => cacheFolder("cluster", ...parts);

/** A node, as far as its number decides it. */
export interface Node {
  readonly name: string;
  /** Counts from one. */
  readonly number: number;
  readonly address: string;
  /** Addresses of its pods. */
  readonly pods: string;
  /** Gateway of its pods. */
  readonly gateway: string;
  /** End of its cable that stays on the machine. */
  readonly cable: string;
  readonly folder: string;
}

/**
 * Addresses of the machine's own bridge, of pods and of Services.
 *
 * `cluster` covers the first two: what may leave the machine under its address.
 */
export const ranges = {
  cluster: "10.244.0.0/15",
  pods: "10.244.0.0/16",
  nodes: "10.245.0.0/24",
  services: "10.96.0.0/16",
} as const;

/** The machine, as nodes and pods see it: the API server and the DNS server listen there. */
export const machine = { bridge: "sightline0", address: "10.245.0.1", apiPort: 6443, etcdPort: 23790 } as const;

export const clusterDomain = "cluster.local";

/** Addresses of Services that programs know before they can ask. */
export const wellKnown = { api: "10.96.0.1", dns: "10.96.0.10" } as const;

export const apiUrl = `https://${machine.address}:${machine.apiPort}`;

export const node = (number: number): Node => ({
  name: `node${number}`,
  number,
  address: `10.245.0.${10 + number}`,
  pods: `10.244.${number}.0/24`,
  gateway: `10.244.${number}.1`,
  cable: `sightline-n${number}`,
  folder: clusterFolder("nodes", `node${number}`),
});

/** Address of a node's containerd. */
export const socketOf = ({ folder }: Node): string => join(folder, "containerd.sock");

/** Kubeconfig of whoever runs the cluster, with all rights. */
export const clusterKubeconfig = (): string => clusterFolder("kubeconfig");

/** Names under which the program of Kubernetes is all of its parts. */
export const kubePrograms = [
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kubelet",
  "kube-proxy",
  "kubectl",
] as const;

/** Path of a program of the cluster: `kubectl`, `kubelet`. */
export const clusterProgram = (name: (typeof kubePrograms)[number]): string => clusterFolder("bin", name);
