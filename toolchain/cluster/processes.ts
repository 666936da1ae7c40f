import { spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, closeSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { lastLines } from "../build";
import { ToolchainError } from "../error";
import { clusterFolder } from "./layout";

/** A program that outlives the command that starts it. */
export interface Program {
  /** Of its log and of the file with its process id. */
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
}

export const logFile = (name: string): string => clusterFolder("logs", `${name}.log`);
const pidFile = (name: string): string => clusterFolder("pids", `${name}.pid`);

/** Starts a program, its output in its log. */
export function start({ name, file, args }: Program): number {
  mkdirSync(clusterFolder("logs"), { recursive: true });
  mkdirSync(clusterFolder("pids"), { recursive: true });
  const log = openSync(logFile(name), "a");
  const child = spawn(file, args, { detached: true, stdio: ["ignore", log, log], cwd: clusterFolder() });
  child.on("error", (error) => writeFileSync(log, `${error.message}\n`));
  child.unref();
  closeSync(log);
  writeFileSync(pidFile(name), String(child.pid ?? 0));
  return child.pid ?? 0;
}

/** Names of all programs that have been started, whether they run or not. */
export const started = (): string[] =>
  existsSync(clusterFolder("pids"))
    ? readdirSync(clusterFolder("pids"))
        .map((file) => basename(file, ".pid"))
        .sort()
    : [];

/** Process id of a program that runs. A process that has the number but names nothing of the cluster is another one. */
export function running(name: string): number | undefined {
  if (!existsSync(pidFile(name))) return undefined;
  const pid = Number(readFileSync(pidFile(name), "utf8"));
  return pid > 0 && commandOf(pid).includes(clusterFolder()) ? pid : undefined;
}

/** Command line of a process; empty where it has ended, also where nobody has collected it. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

/** Ends a program and its children at once, by its process id: nothing of what it could still write is kept. */
export async function kill(name: string): Promise<void> {
  const pid = running(name);
  // A program that was started on its own leads a group of processes.
  if (pid !== undefined) process.kill(-pid, "SIGKILL");
  for (const deadline = Date.now() + 30_000; running(name) !== undefined && Date.now() < deadline;) await sleep(50);
  rmSync(pidFile(name), { force: true });
}

/**
 * Waits for something that a program brings about, as long as the program runs.
 *
 * @throws ToolchainError with the end of its log
 */
export async function until<T>(
  name: string,
  what: string,
  attempt: () => Promise<T | undefined>,
  seconds = 60,
): Promise<T> {
  for (const deadline = Date.now() + seconds * 1_000; Date.now() < deadline; await sleep(150)) {
    const found = await attempt();
    if (found !== undefined) return found;
    if (running(name) === undefined) throw failed(name, "it ended");
  }
  throw failed(name, `${what}: not within ${seconds} s`);
}

function failed(name: string, reason: string): ToolchainError {
  const log = logFile(name);
  const end = existsSync(log) ? lastLines(readFileSync(log, "utf8"), 6) : "";
  return new ToolchainError({ path: `cluster.${name}`, reason: `${reason}:\n${end}\n`, remedy: `see ${log}` });
}
