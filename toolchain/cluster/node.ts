import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { cacheFolder } from "../cache";
import { ToolchainError } from "../error";
import { run, type Exec, type Tools } from "../exec";
import { lastLines } from "../build";
import { kubeconfigOf } from "./kubeconfig";
import { clusterProgram, ranges, socketOf, type Node } from "./layout";
import { insideNetwork, nodeNetwork, runAll } from "./network";
import { nodeFiles } from "./node-files";
import { running, start, until, type Program } from "./processes";
import { volumesOf } from "./volumes";

/** Programs of other people that a node needs. */
export interface NodePrograms {
  /** First process of a node. */
  readonly pause: string;
  /** Folder of the CNI plugins. */
  readonly plugins: string;
}

/**
 * A node is a tree of processes with mounts, process ids and a network of its own. Ending its first process ends all
 * of it: pods, mounts, interfaces and packet rules go with the namespaces that hold them.
 */
const firstProcess = (node: Node, pause: string): Program => ({
  name: node.name,
  file: "unshare",
  args: [
    ...["--mount", "--pid", "--net", "--fork", "--kill-child", "--mount-proc"],
    ...["sh", "-c", ownMounts, node.name, cacheFolder(), node.folder, pause],
  ],
});

/**
 * Folders that programs of a node write outside their own lead into the node's folder, and mounts of others, a Docker
 * engine's containers above all, are let go. The cache stays in sight where it lies below one of those folders.
 */
const ownMounts = `
set -e
cd "$1"
sed 's/^[^ ]* \\([^ ]*\\) .*/\\1/' /proc/self/mounts | sort -r | while read -r mount; do
  case "$mount" in /run/?*|/var/lib/?*|/var/log/?*)
    case "$1/" in "$mount"/*) ;; *) umount -l "$mount" ;; esac ;;
  esac
done
for folder in /run /var/lib /var/log; do mkdir -p "$2/root$folder" && mount --bind "$2/root$folder" "$folder"; done
mkdir -p "$1" && mount --rbind . "$1"
cd "$1"
touch "$2/isolated"
exec "$3"
`;

/** Process id of a node's first process, as the machine counts. */
export function firstPid({ name }: Node): number | undefined {
  const pid = running(name);
  const children = pid === undefined ? "" : readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  return children === "" ? undefined : Number(children.split(" ")[0]);
}

/** Command line that runs a program inside a node. */
export const inside = (pid: number, file: string, args: readonly string[]): [string, string[]] => [
  "nsenter",
  ["--target", String(pid), "--mount", "--pid", "--net", "--", file, ...args],
];

/** Names of a node's programs, as their logs and `cluster status` have them. */
export const programOf = (node: Node, program: "containerd" | "kubelet" | "kube-proxy"): string =>
  `${node.name}-${program}`;

/** Starts the first process of a node and its container runtime, and plugs it into the machine's bridge. */
export async function startNode(
  node: Node,
  others: readonly Node[],
  { pause, plugins }: NodePrograms,
  tools: Tools = {},
): Promise<void> {
  const { exec = run } = tools;
  for (const [name, content] of Object.entries(nodeFiles(node, plugins))) {
    await mkdir(dirname(join(node.folder, name)), { recursive: true });
    await writeFile(join(node.folder, name), content);
  }
  for (const { folder } of volumesOf(node)) await mkdir(folder, { recursive: true });
  start(firstProcess(node, pause));
  const pid = await until(node.name, "its namespaces", () =>
    Promise.resolve(existsSync(join(node.folder, "isolated")) ? firstPid(node) : undefined),
  );
  await runAll(nodeNetwork(node, pid), tools);
  await runInside(pid, insideNetwork(node, others), exec);
  startInside(node, pid, "containerd", "containerd", ["--config", join(node.folder, "containerd.toml")]);
  await until(programOf(node, "containerd"), "an answer", async () =>
    (await ctr(node, exec, ["version"])).code === 0 ? true : undefined,
  );
}

/** Starts what makes a node part of a cluster. */
export function joinCluster(node: Node): void {
  const pid = firstPid(node);
  if (pid === undefined) throw new ToolchainError({ path: node.name, reason: "it ended", remedy: "see its log" });
  startInside(node, pid, "kubelet", clusterProgram("kubelet"), [
    `--config=${join(node.folder, "kubelet.yaml")}`,
    `--kubeconfig=${kubeconfigOf(node.name)}`,
    `--root-dir=${join(node.folder, "kubelet")}`,
    `--hostname-override=${node.name}`,
    `--node-ip=${node.address}`,
  ]);
  startInside(node, pid, "kube-proxy", clusterProgram("kube-proxy"), [
    `--kubeconfig=${kubeconfigOf("proxy")}`,
    `--hostname-override=${node.name}`,
    `--cluster-cidr=${ranges.pods}`,
    "--proxy-mode=iptables",
    // Limits of connection tracking are the machine's, and cannot be set from here.
    ...["--conntrack-max-per-core=0", "--conntrack-tcp-timeout-established=0", "--conntrack-tcp-timeout-close-wait=0"],
  ]);
}

function startInside(node: Node, pid: number, as: Parameters<typeof programOf>[1], file: string, args: string[]): void {
  const [nsenter, whole] = inside(pid, file, args);
  start({ name: programOf(node, as), file: nsenter, args: whole });
}

/** containerd's own client, where Kubernetes keeps its images. */
export const ctr = (node: Node, exec: Exec, args: readonly string[]): ReturnType<Exec> => {
  const [file, whole] = inside(firstPid(node) ?? 0, "ctr", [
    "--address",
    socketOf(node),
    "--namespace",
    "k8s.io",
    ...args,
  ]);
  return exec(file, whole);
};

async function runInside(pid: number, script: string, exec: Exec): Promise<void> {
  const { code, stderr } = await exec(...inside(pid, "sh", ["-ec", script]));
  if (code === 0) return;
  throw new ToolchainError({
    path: "cluster.network",
    reason: `a node's network could not be made: ${lastLines(stderr, 2)}`,
    remedy: "see what `ip address` says; `sightline cluster down` removes all that is ours",
  });
}
