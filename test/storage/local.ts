import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { execa } from "execa";
import { sentence } from "../../components/core/problems";
import type { Workload } from "../../components/core/workload";
import { freePorts, isReady, listening } from "../binaries/jaeger-process";

/** A workload as a process of this machine. Its ports stay the same when it is started again. */
export interface Local {
  /** Base URL of one of its ports. */
  url(port: number): string;
  /** `127.0.0.1:port`, for those that speak something else than HTTP. */
  address(port: number): string;
  /** What it is from its next start on, with the folders and ports that it has. */
  become(workload: Workload): Promise<void>;
  /** @param env - variables that differ from those it is described with */
  start(env?: Readonly<Record<string, string>>): Promise<void>;
  /** @param abruptly - as `kill -9` does */
  stop(abruptly?: boolean): Promise<void>;
}

/** Longest time until it is ready, in milliseconds. */
const startup = 90_000;
/** How long it may take to end when it is asked to, in milliseconds, as Kubernetes has it; then it is killed. */
const grace = 30_000;

/**
 * Puts a workload's files into a folder, moves its own folders below that one and its ports to free ones of 127.0.0.1;
 * all else stays as it is described.
 */
export async function local(binary: string, workload: Workload, folder: string): Promise<Local> {
  const ports = new Map<number, number>();
  const describe = async (workload: Workload) => {
    if (workload.problems?.length) throw new Error(workload.problems.map(sentence).join("\n"));
    const files = Object.entries(workload.files ?? {}).map(([path, file]) => [path, textOf(file)] as const);
    const texts = [...files.map(([, text]) => text), ...(workload.args ?? [])];
    const numbers = texts.flatMap((text) => [...text.matchAll(listening)].map(([, , port]) => Number(port)));
    const unknown = numbers.filter((port) => !ports.has(port));
    (await freePorts(new Set(unknown))).forEach((own, port) => ports.set(port, own));
    const owned = [...Object.keys(workload.volumes ?? {}), ...files.map(([path]) => dirname(path))];
    const below = (text: string) =>
      [...new Set(owned)]
        .filter((path) => !owned.some((other) => path.startsWith(`${other}/`)))
        // Not where it is the end of a longer path, as /prometheus is of /etc/prometheus.
        .reduce((moved, path) => moved.replaceAll(RegExp(`(?<![\\w.-])${path}/`, "g"), `${join(folder, path)}/`), text);
    for (const path of owned) mkdirSync(join(folder, path), { recursive: true });
    const here = (text: string) =>
      text.replaceAll(listening, (_, gap: string, port: string) => `127.0.0.1${gap}${ports.get(Number(port))}`);
    for (const [path, text] of files) writeFileSync(join(folder, path), below(here(text)));
    const env = Object.fromEntries(Object.entries(workload.env ?? {}).map(([name, value]) => [name, textOf(value)]));
    const given = [...Object.keys(workload.volumes ?? {}), ...files.map(([path]) => path)];
    const args = (workload.args ?? []).map((arg) =>
      given.reduce((a, path) => (a.endsWith(path) ? a.replace(path, join(folder, path)) : a), here(arg)),
    );
    return { args, env };
  };
  let { args, env } = await describe(workload);
  const log = join(folder, `${workload.name}.log`);
  const address = (port: number) => `127.0.0.1:${ports.get(port)}`;
  const health = `http://${address(workload.ports[workload.health!.port]!.port)}${workload.health!.path}`;
  const login = workload.health?.login;
  const headers = login && { authorization: textOf(login.header) };
  const spawn = (other: Readonly<Record<string, string>>) =>
    execa(binary, args, {
      env: { ...env, ...other },
      all: true,
      reject: false,
      buffer: false,
      forceKillAfterDelay: grace,
    });
  let running: ReturnType<typeof spawn> | undefined;

  const stop = async (abruptly = false): Promise<void> => {
    running?.kill(abruptly ? "SIGKILL" : "SIGTERM");
    await running;
    running = undefined;
  };
  const start = async (other: Readonly<Record<string, string>> = {}): Promise<void> => {
    let ended = "";
    const started = spawn(other);
    running = started;
    started.all.on("data", (chunk: Buffer) => {
      ended = (ended + chunk.toString()).slice(-4_000);
      appendFileSync(log, chunk);
    });
    let over = false;
    void started.finally(() => (over = true));
    for (const deadline = Date.now() + startup; !(await isReady(health, headers)); await wait(200)) {
      if (!over && Date.now() < deadline) continue;
      await stop(true);
      throw new Error(`${workload.name} ${over ? "ended" : "was not ready in time"}:\n${ended}`);
    }
  };
  const become = async (other: Workload): Promise<void> => void ({ args, env } = await describe(other));
  return { url: (port) => `http://${address(port)}`, address, become, start, stop };
}

const textOf = (value: string | { content: string } | { secret: unknown }): string =>
  typeof value === "string" ? value : String("content" in value ? value.content : value.secret);
