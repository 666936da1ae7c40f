import { Readable } from "node:stream";
import type { Config } from "../../components/core/config";
import { lastLines } from "../build";
import { ToolchainError } from "../error";
import { run, type Exec, type Tools } from "../exec";
import { clusterKubeconfig, clusterProgram } from "./layout";

/** An object of Kubernetes as `kubectl apply` reads it. */
export interface KubernetesObject extends Config {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Config;
    readonly annotations?: Config;
  };
}

/** kubectl with all rights. */
export const kubectl = (exec: Exec, args: readonly string[], input?: Readable): ReturnType<Exec> =>
  exec(clusterProgram("kubectl"), ["--kubeconfig", clusterKubeconfig(), ...args], { ...(input && { input }) });

/** Makes objects what they should be; those that are so already stay as they are. */
export async function apply(objects: readonly KubernetesObject[], { exec = run }: Tools = {}): Promise<void> {
  const list = JSON.stringify({ apiVersion: "v1", kind: "List", items: objects });
  const args = ["apply", "--server-side", "--force-conflicts", "--filename", "-"];
  const { code, stderr } = await kubectl(exec, args, Readable.from([list]));
  if (code === 0) return;
  throw new ToolchainError({
    path: "cluster",
    reason: `kubectl apply failed: ${lastLines(stderr, 5)}`,
    remedy: "see kube-apiserver.log in the folder of the cluster",
  });
}
