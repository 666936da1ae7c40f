import { existsSync, readFileSync, readdirSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { clusterFolder, type Node } from "./layout";
import { cgroupOf } from "./node-files";

/** Settings of the kernel that a kubelet changes for the whole machine, whatever namespaces it runs in. */
const changed = [
  "vm/overcommit_memory",
  "vm/panic_on_oom",
  "kernel/panic",
  "kernel/panic_on_oops",
  "kernel/keys/root_maxkeys",
  "kernel/keys/root_maxbytes",
];

const memory = (): string => clusterFolder("kernel.json");

/** Remembers what the kernel's settings were, once. */
export function rememberKernel(): void {
  if (existsSync(memory())) return;
  const values = changed.map((name) => [name, readFileSync(join("/proc/sys", name), "utf8").trim()]);
  writeFileSync(memory(), JSON.stringify(Object.fromEntries(values)));
}

/** Gives the kernel its settings back. */
export function restoreKernel(): void {
  if (!existsSync(memory())) return;
  for (const [name, value] of Object.entries(JSON.parse(readFileSync(memory(), "utf8")) as Record<string, string>)) {
    writeFileSync(join("/proc/sys", name), value);
  }
}

const cgroups = "/sys/fs/cgroup";

/** Folders of a node in every hierarchy of control groups: one each in version 1, a single one in version 2. */
export const cgroupFolders = (node: Node): string[] => {
  const unified = existsSync(join(cgroups, "cgroup.controllers"));
  const hierarchies = unified ? [cgroups] : readdirSync(cgroups).map((name) => join(cgroups, name));
  return hierarchies.map((folder) => join(folder, cgroupOf(node)));
};

/** Removes an empty control group and all below it; gives whether it has gone. */
export function removeCgroup(folder: string): boolean {
  if (!existsSync(folder)) return true;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeCgroup(join(folder, entry.name));
  }
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
