import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where this machine limits memory of processes, if it does so by cgroups of version 1, and whoever runs this may. */
const root = "/sys/fs/cgroup/memory";

/** Memory of one process as a container limits it: pages of files count, and make room; beyond it the process is killed. */
export interface MemoryLimit {
  /** A command that runs another one within the limit. */
  within(command: string, args: readonly string[]): readonly [string, readonly string[]];
  /** Most memory that was held, in MiB. */
  peakMebibytes(): number;
  remove(): void;
}

/** @returns undefined where this machine cannot */
export function memoryLimit(name: string, mebibytes: number): MemoryLimit | undefined {
  const folder = join(root, `sightline-${process.pid}-${name}`);
  try {
    mkdirSync(folder);
    writeFileSync(join(folder, "memory.limit_in_bytes"), `${mebibytes}M`);
  } catch {
    return undefined;
  }
  return {
    within: (command, args) => [
      "/bin/sh",
      ["-c", `echo $$ > ${join(folder, "cgroup.procs")} && exec "$0" "$@"`, command, ...args],
    ],
    peakMebibytes: () => Number(readFileSync(join(folder, "memory.max_usage_in_bytes"), "utf8")) / 1024 ** 2,
    remove: () => rmdirSync(folder),
  };
}
