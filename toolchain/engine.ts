import { spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { cacheFolder } from "./cache";
import { defaultHost, findEngine, type Engine, type EngineOptions } from "./docker";
import { ToolchainError } from "./error";
import { run } from "./exec";
import { lastLines } from "./build";
import { isAlive } from "./lock";

export { findEngine, type Engine, type Found } from "./docker";

/** What may be done to a machine; tests give another one. */
export interface Machine {
  readonly isRoot: boolean;
  /** Debian, Ubuntu and what descends from them. */
  readonly hasApt: boolean;
  /** Whether systemd runs the services of this machine. */
  readonly hasSystemd: boolean;
  /** Starts a program that outlives this process, its output in a file; gives its process id. */
  readonly detach: (file: string, args: readonly string[], log: string) => number;
}

export const thisMachine: Machine = {
  isRoot: process.getuid?.() === 0,
  hasApt: existsSync("/etc/debian_version"),
  hasSystemd: existsSync("/run/systemd/system"),
  detach: (file, args, log) => {
    const output = openSync(log, "a");
    const child = spawn(file, args, { detached: true, stdio: ["ignore", output, output] });
    child.unref();
    return child.pid ?? 0;
  },
};

export interface ObtainOptions extends EngineOptions {
  /** Folder for images and volumes of an engine started here. @default - Docker's own, /var/lib/docker */
  readonly dataRoot?: string;
  /** Asked before software is installed. */
  readonly confirm: (question: string) => Promise<boolean>;
  readonly machine?: Machine;
}

/** Packages of the distribution that an engine is. */
export const enginePackages = ["docker.io", "containerd", "runc", "iptables"] as const;

const pidFile = (): string => cacheFolder("engine", "dockerd.pid");
const logFile = (): string => cacheFolder("engine", "dockerd.log");

/**
 * A Docker engine that answers: the one that runs, or else the installed one, started, or else docker.io from the
 * distribution, installed and started.
 *
 * @throws ToolchainError where this machine or this user cannot do that
 */
export async function obtainEngine(options: ObtainOptions): Promise<Engine> {
  const { machine = thisMachine, confirm } = options;
  const found = await findEngine(options);
  if (found.state === "running") return found.engine;
  if (!canObtain(found.state, found.host, machine)) throw new ToolchainError(found.problem);
  if (found.state === "missing") {
    const agreed = await confirm(`No Docker engine here. Install ${enginePackages.join(", ")} with apt-get?`);
    if (!agreed) throw new ToolchainError(found.problem);
    await install(options);
  }
  return start(options);
}

/** Whether {@link obtainEngine} would get an engine to run. */
export const canObtain = (state: string, host: string, { isRoot, hasApt }: Machine = thisMachine): boolean =>
  isRoot && host === defaultHost && (state === "stopped" || (state === "missing" && hasApt));

async function install({ report, progress, exec = run }: ObtainOptions): Promise<void> {
  report?.(`installing ${enginePackages.join(", ")}`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const options = { env, ...(progress && { onLine: progress }) };
  await exec("apt-get", ["update"], options);
  // Debian 13 and later ship the client by itself.
  const client = (await exec("apt-cache", ["show", "docker-cli"])).code === 0 ? ["docker-cli"] : [];
  const { code, stderr } = await exec("apt-get", ["install", "--yes", ...enginePackages, ...client], options);
  if (code === 0) return;
  throw new ToolchainError({
    path: "docker",
    reason: `apt-get install failed with code ${code}:\n${lastLines(stderr, 5)}\n`,
    remedy: "repair what apt-get says, then run this again",
  });
}

async function start(options: ObtainOptions): Promise<Engine> {
  const { machine = thisMachine, report, exec = run, dataRoot } = options;
  report?.("starting the Docker engine");
  mkdirSync(cacheFolder("engine"), { recursive: true });
  if (machine.hasSystemd) {
    await exec("systemctl", ["start", "docker"]);
    return answer(options, () => true, "journalctl --unit docker");
  }
  // Without an init system nobody has mounted control groups; where somebody has, this changes nothing.
  await exec("cgroupfs-mount", []);
  const pid = machine.detach("dockerd", daemonArgs(dataRoot), logFile());
  return answer(options, () => isAlive(pid), logFile());
}

/** Arguments of a daemon that this user's cache remembers. */
export const daemonArgs = (dataRoot?: string): string[] => [
  "--host",
  defaultHost,
  "--pidfile",
  pidFile(),
  ...(dataRoot === undefined ? [] : ["--data-root", dataRoot]),
];

/** Waits until the engine answers, as long as it may still come up. */
async function answer(options: ObtainOptions, mayCome: () => boolean, log: string): Promise<Engine> {
  for (const deadline = Date.now() + 60_000; mayCome() && Date.now() < deadline; await sleep(300)) {
    const found = await findEngine(options);
    if (found.state === "running") return found.engine;
  }
  const last = existsSync(log) ? `:\n${lastLines(readFileSync(log, "utf8"), 8)}\n` : "";
  throw new ToolchainError({ path: "docker", reason: `the engine did not come up${last}`, remedy: `see ${log}` });
}

/** Process id of the engine that {@link obtainEngine} has started, while it runs. */
export function ownEngine(): number | undefined {
  const pid = existsSync(pidFile()) ? Number(readFileSync(pidFile(), "utf8")) : 0;
  const name = `/proc/${pid}/comm`;
  return pid > 0 && existsSync(name) && readFileSync(name, "utf8").trim() === "dockerd" ? pid : undefined;
}

/** Stops the engine that {@link obtainEngine} has started; leaves any other one alone. */
export async function stopEngine(): Promise<"stopped" | "not ours"> {
  const pid = ownEngine();
  if (pid === undefined) return "not ours";
  process.kill(pid, "SIGTERM");
  for (const deadline = Date.now() + 60_000; isAlive(pid) && Date.now() < deadline;) await sleep(200);
  if (!isAlive(pid)) {
    rmSync(pidFile(), { force: true });
    return "stopped";
  }
  throw new ToolchainError({ path: "docker", value: pid, reason: "did not stop in 60 s", remedy: `see ${logFile()}` });
}
