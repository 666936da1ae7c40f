import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What the processes of a path see otherwise than this machine does. It is gone with the last of them. */
export interface Machine {
  /** A program that starts another one here. */
  program(binary: string): string;
  /** Where the small disk is, as seen from here. */
  readonly disk: string;
  /** Takes all that is left of the small disk; what is on it stays. */
  fillDisk(): void;
  freeDisk(): void;
  close(): Promise<void>;
}

/** Room of the small disk, in MiB. */
const room = 128;

/**
 * A mount namespace, in which one folder is a small disk and names are asked of one server.
 *
 * @throws Error where nothing may be mounted: it takes root, or CAP_SYS_ADMIN
 */
export async function startMachine(folder: string, disk: string, nameserver: string): Promise<Machine> {
  const names = join(folder, "resolv.conf");
  [folder, disk].forEach((path) => mkdirSync(path, { recursive: true }));
  writeFileSync(names, `nameserver ${nameserver}\noptions timeout:1 attempts:1\n`);
  const mounts = [
    `mount -t tmpfs -o size=${room}m tmpfs '${disk}'`,
    `mount --bind '${names}' /etc/resolv.conf`,
    "echo mounted",
    "exec sleep infinity",
  ];
  const keeper = spawn("unshare", ["--mount", "sh", "-c", mounts.join(" && ")], { stdio: ["ignore", "pipe", "pipe"] });
  let refused = "";
  keeper.stderr.on("data", (chunk: Buffer) => (refused += chunk.toString()));
  const closed = once(keeper, "close");
  const mounted = await Promise.race([once(keeper.stdout, "data").then(() => true), closed.then(() => false)]);
  if (!mounted) throw new Error(`nothing may be mounted here, which takes root:\n${refused}`);

  const here = join(`/proc/${keeper.pid}/root`, disk);
  const filler = join(here, "filler");
  const free = () => rmSync(filler, { force: true });
  return {
    disk: here,
    program(binary) {
      const script = join(folder, `${binary.split("/").at(-1)}.sh`);
      writeFileSync(script, `#!/bin/sh\nexec nsenter --mount=/proc/${keeper.pid}/ns/mnt -- '${binary}' "$@"\n`, {
        mode: 0o755,
      });
      return script;
    },
    fillDisk() {
      try {
        writeFileSync(filler, Buffer.alloc(room * 1_024 * 1_024));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      }
    },
    freeDisk: free,
    async close() {
      keeper.kill();
      await closed;
    },
  };
}
