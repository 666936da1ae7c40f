import { execa } from "execa";
import { setTimeout as wait } from "node:timers/promises";
import { clusterKubeconfig, clusterProgram } from "../../toolchain/cluster";

/** Environment that points every program at the test cluster. */
export const clusterEnv = { KUBECONFIG: clusterKubeconfig() };

/** Runs kubectl against the test cluster; gives what it prints. */
export async function kubectl(...args: readonly string[]): Promise<string> {
  const { stdout } = await execa(clusterProgram("kubectl"), [...args], { env: clusterEnv });
  return stdout;
}

interface Listed<T> {
  readonly items: readonly T[];
}

export interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly spec: { readonly nodeName: string; readonly serviceAccountName: string };
  readonly status: {
    readonly podIP?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly { readonly containerID?: string; readonly restartCount: number }[];
  };
}

/** Reads objects of one kind from one namespace. */
export const list = async <T>(kind: string, namespace: string): Promise<readonly T[]> =>
  (JSON.parse(await kubectl("get", kind, "--namespace", namespace, "--output", "json")) as Listed<T>).items;

/** Pods of several namespaces, in a stable order. */
export const podsOf = async (...namespaces: readonly string[]): Promise<Pod[]> =>
  (await Promise.all(namespaces.map((namespace) => list<Pod>("pods", namespace))))
    .flat()
    .sort((a, b) => a.metadata.name.localeCompare(b.metadata.name));

export const isReady = ({ metadata, status }: Pod): boolean =>
  metadata.deletionTimestamp === undefined &&
  (status.conditions ?? []).some(({ type, status: value }) => type === "Ready" && value === "True");

/** Waits until every pod of the namespaces is ready, and there are so many. */
export async function allReady(count: number, ...namespaces: readonly string[]): Promise<Pod[]> {
  for (const deadline = Date.now() + 240_000; ; await wait(1_000)) {
    const pods = await podsOf(...namespaces);
    if (pods.length === count && pods.every(isReady)) return pods;
    if (Date.now() > deadline) {
      const states = pods.map((pod) => `${pod.metadata.name}: ${isReady(pod) ? "ready" : "not ready"}`);
      throw new Error(`not ${count} ready pods after 4 min: ${states.join(", ")}`);
    }
  }
}

/** Address of a Service that this machine, being the node, can reach. */
export async function serviceUrl(name: string, namespace: string, port: number): Promise<string> {
  const ip = await kubectl("get", "service", name, "--namespace", namespace, "--output", "jsonpath={.spec.clusterIP}");
  return `http://${ip}:${port}`;
}
