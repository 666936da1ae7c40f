import { mkdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { obtainBinary, lastLines } from "../build";
import { unpackPackages } from "../debian";
import { thisMachine, type Machine } from "../engine";
import { ToolchainError } from "../error";
import { run, type Exec, type Tools } from "../exec";
import { clusterFolder, clusterProgram, kubePrograms } from "./layout";

/** Where the programs are that run a cluster besides Kubernetes itself. */
export interface Programs {
  readonly etcd: string;
  readonly coredns: string;
  readonly pause: string;
  /** Folder of the CNI plugins. */
  readonly plugins: string;
}

export interface ProgramOptions extends Tools {
  /** Asked before software is installed. */
  readonly confirm: (question: string) => Promise<boolean>;
  readonly machine?: Pick<Machine, "isRoot" | "hasApt">;
}

/** Programs that come with packages of the distribution, and the package of each. */
const installed = {
  containerd: "containerd",
  ctr: "containerd",
  runc: "runc",
  iptables: "iptables",
  ip: "iproute2",
  openssl: "openssl",
  nsenter: "util-linux",
  unshare: "util-linux",
} as const;

// Installing etcd's package would start a service of its own, so these two are only unpacked.
const unpacked = { "etcd-server": "usr/bin/etcd", "containernetworking-plugins": "usr/lib/cni/bridge" } as const;

/** Packages of the distribution that these come with. */
export const clusterPackages = [...new Set([...Object.values(installed), ...Object.keys(unpacked)])];

/**
 * Everything a cluster runs on: what is built from source, what the distribution has, and what is only unpacked.
 *
 * @throws ToolchainError where this machine or this user cannot have it
 */
export async function obtainPrograms(options: ProgramOptions): Promise<Programs> {
  const { machine = thisMachine, exec = run } = options;
  if (!machine.isRoot) {
    const reason = "network namespaces, mounts and containers need root";
    throw new ToolchainError({ path: "cluster", reason, remedy: "run it as root" });
  }
  await install(await missing(exec), options, machine);
  const folder = await unpackPackages("cluster", unpacked, { ...options, machine });
  const [kubernetes, coredns, pause] = await Promise.all(
    (["kubernetes", "coredns", "pause"] as const).map((name) => obtainBinary(name, options)),
  );
  await mkdir(clusterFolder("bin"), { recursive: true });
  for (const name of kubePrograms) {
    await rm(clusterProgram(name), { force: true });
    await symlink(kubernetes!.path, clusterProgram(name));
  }
  return {
    etcd: join(folder, unpacked["etcd-server"]),
    coredns: coredns!.path,
    pause: pause!.path,
    plugins: join(folder, "usr/lib/cni"),
  };
}

async function missing(exec: Exec): Promise<string[]> {
  const found = await Promise.all(
    Object.entries(installed).map(async ([program, owner]) => {
      const { code } = await exec("sh", ["-c", 'command -v "$0"', program]);
      return code === 0 ? [] : [owner];
    }),
  );
  return [...new Set(found.flat())];
}

async function install(packages: readonly string[], options: ProgramOptions, { hasApt }: Pick<Machine, "hasApt">) {
  if (packages.length === 0) return;
  const { confirm, report, progress, exec = run } = options;
  const list = packages.join(", ");
  const problem = { path: "cluster", reason: `not here: ${list}`, remedy: "install them, or run this with --yes" };
  if (!hasApt || !(await confirm(`A cluster needs ${list}. Install with apt-get?`))) throw new ToolchainError(problem);
  report?.(`installing ${list}`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const heard = { env, ...(progress && { onLine: progress }) };
  await exec("apt-get", ["update"], heard);
  const { code, stderr } = await exec("apt-get", ["install", "--yes", "--no-install-recommends", ...packages], heard);
  if (code === 0) return;
  throw new ToolchainError({
    path: "cluster",
    reason: `apt-get install failed with code ${code}:\n${lastLines(stderr, 5)}\n`,
    remedy: "repair what apt-get says, then run this again",
  });
}
