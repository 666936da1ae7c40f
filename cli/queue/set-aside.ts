import { chmodSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toHost } from "../../toolchain/docker";
import { ToolchainError } from "../../toolchain/error";
import { run, type Exec } from "../../toolchain/exec";
import { isDamaged } from "./damaged";

/** The volume of a Collector's queues, and the folder in it. */
const [volume, folder] = ["/var/lib/otelcol", "queue"];

export interface Queue {
  /** Address of the engine. */
  readonly host: string;
  /** Container of the Collector. */
  readonly container: string;
  readonly exec?: Exec;
}

/** What is in the volume of a queue. */
export interface QueueFile {
  readonly name: string;
  readonly damaged: boolean;
}

/**
 * Looks at the files of a Collector's queue, and puts an empty one in the place of each that is damaged. What was there stays in the
 * volume, in a folder beside the queue: nothing is deleted. Works by the engine alone, as the Collector's image has no shell: the
 * container is stopped, and started again.
 *
 * @param agree - asked before anything is changed, once something is found to be damaged
 * @returns every file, and the folder with what was damaged; none where nothing is, or nobody agreed
 * @throws ToolchainError where the engine refuses
 */
export async function setAside(
  { host, container, exec = run }: Queue,
  agree: (damaged: readonly string[]) => Promise<boolean>,
): Promise<{ readonly files: readonly QueueFile[]; readonly folder?: string }> {
  const docker = async (...args: readonly string[]): Promise<void> => {
    const { code, stderr } = await exec("docker", [...toHost(host), ...args]);
    if (code !== 0) throw failed(container, stderr);
  };
  const here = mkdtempSync(join(tmpdir(), "sightline-queue-"));
  try {
    await docker("stop", container);
    await docker("cp", `${container}:${volume}/${folder}`, here);
    const names = readdirSync(join(here, folder)).filter((name) => name.startsWith("exporter_"));
    const files = names.map((name) => ({ name, damaged: isDamaged(join(here, folder, name)) }));
    const damaged = names.filter((name) => files.some((file) => file.name === name && file.damaged));
    if (damaged.length === 0 || !(await agree(damaged))) return { files };

    const aside = `damaged-${new Date().toISOString().replace(/[:.]/g, "-")}`;
    mkdirSync(join(here, aside));
    for (const name of damaged) renameSync(join(here, folder, name), join(here, aside, name));
    await docker("cp", join(here, aside), `${container}:${volume}`);
    for (const name of damaged) {
      writeFileSync(join(here, name), "");
      chmodSync(join(here, name), 0o600);
      await docker("cp", join(here, name), `${container}:${volume}/${folder}/${name}`);
    }
    return { files, folder: `${volume}/${aside}` };
  } finally {
    rmSync(here, { recursive: true, force: true });
    await docker("start", container);
  }
}

const failed = (container: string, stderr: string): ToolchainError =>
  new ToolchainError({
    path: `container ${container}`,
    reason: stderr.trim().split("\n").at(-1) || "no answer",
    remedy: "see `docker ps --all`, and `npm run sightline -- doctor`",
  });
