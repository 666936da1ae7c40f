import { existsSync, readdirSync } from "node:fs";
import { reference } from "../../components/core/workload";
import { binaries } from "../catalog";
import { run, type Tools } from "../exec";
import { loadedImages } from "./images";
import { clusterFolder, clusterKubeconfig, clusterProgram } from "./layout";
import { nodesFolder } from "./node-files";
import { kubectl } from "./objects";
import { logFile, running, started } from "./processes";

/** What there is of a cluster on this machine. */
export interface ClusterStatus {
  /** `partly`: some of it has been started, and not all of that works. */
  readonly state: "ready" | "partly" | "down";
  readonly folder: string;
  readonly kubeconfig: string;
  readonly kubectl: string;
  /** Of Kubernetes. */
  readonly version: string;
  readonly programs: readonly { readonly name: string; readonly pid?: number }[];
  readonly nodes: readonly { readonly name: string; readonly ready: boolean }[];
  readonly images: readonly string[];
  /** What is missing, where something is. */
  readonly problem?: string;
}

/** Looks at the cluster of this user. Changes nothing. */
export async function clusterStatus({ exec = run }: Tools = {}): Promise<ClusterStatus> {
  const programs = started().map((name) => {
    const pid = running(name);
    return { name, ...(pid !== undefined && { pid }) };
  });
  const names = existsSync(nodesFolder()) ? readdirSync(nodesFolder()).sort() : [];
  const ready = names.length === 0 ? new Set<string>() : await readyNodes();
  const nodes = names.map((name) => ({ name, ready: ready.has(name) }));
  const { stack, tools } = loadedImages();
  const problem = problemOf(programs, nodes);
  return {
    state: programs.length === 0 ? "down" : problem === undefined ? "ready" : "partly",
    folder: clusterFolder(),
    kubeconfig: clusterKubeconfig(),
    kubectl: clusterProgram("kubectl"),
    version: binaries.kubernetes.version,
    programs,
    nodes,
    images: [...Object.values(stack), ...Object.values(tools)].map(reference),
    ...(problem !== undefined && { problem }),
  };

  async function readyNodes(): Promise<Set<string>> {
    const row = '{range .items[*]}{.metadata.name}={.status.conditions[?(@.type=="Ready")].status}{"\\n"}{end}';
    const { stdout } = await kubectl(exec, ["get", "nodes", "--request-timeout=5s", "--output", `jsonpath=${row}`]);
    return new Set(
      stdout
        .split("\n")
        .filter((line) => line.endsWith("=True"))
        .map((line) => line.slice(0, -"=True".length)),
    );
  }
}

function problemOf(programs: ClusterStatus["programs"], nodes: ClusterStatus["nodes"]): string | undefined {
  const dead = programs
    .filter(({ pid }) => pid === undefined)
    .map(({ name }) => `${name} does not run (${logFile(name)})`);
  const unready = nodes.filter(({ ready }) => !ready).map(({ name }) => `${name} is not ready`);
  const all = [...dead, ...unready];
  return all.length === 0 ? undefined : all.join("; ");
}

/** The same for people. */
export function describeStatus(status: ClusterStatus): string {
  const { state, version, folder, kubeconfig, programs, nodes, images, problem } = status;
  if (state === "down") return "no cluster is up; `sightline cluster up` starts one";
  return [
    state === "ready" ? `Kubernetes ${version} is up` : `Kubernetes ${version} does not work: ${problem ?? ""}`,
    `nodes      ${nodes.map(({ name, ready }) => `${name} ${ready ? "ready" : "not ready"}`).join(", ")}`,
    `programs   ${programs.map(({ name, pid }) => `${name} ${pid ?? "ended"}`).join(", ")}`,
    `images     ${images.length === 0 ? "none; `sightline cluster up` loads them" : images.join(", ")}`,
    `folder     ${folder}`,
    "network    Services and pods are reached from this machine; NetworkPolicies are stored and not enforced",
    "",
    `export KUBECONFIG=${kubeconfig}`,
    `alias kubectl=${status.kubectl}`,
  ].join("\n");
}
