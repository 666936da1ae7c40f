import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { lastLines } from "../build";
import { cacheFolder } from "../cache";
import { thisMachine } from "../engine";
import { ToolchainError } from "../error";
import { run, type Tools } from "../exec";
import { isAlive, withLock } from "../lock";
import { engines, type EngineName } from "./index";
import { obtainJars } from "./jars";
import { findJava } from "./java";
import type { JavaEngine, Place } from "./engine";

/** Where to run an engine, for those that want one of their own. */
export interface Where {
  /** @default - one folder for each engine in this user's cache */
  readonly folder?: string;
  /** @default - the engine's own, beside the one its documentation names */
  readonly port?: number;
  /** Ask clients who they are: Cassandra knows `cassandra` with that as password. @default false */
  readonly authenticated?: boolean;
}

export interface RunningEngine {
  readonly name: EngineName;
  readonly pid: number;
  readonly port: number;
  /** What its clients are told: `127.0.0.1:8042`. */
  readonly address: string;
  readonly log: string;
}

/** Longest time until it works, and until it has stopped, in milliseconds. */
const patience = 180_000;

const folderOf = (name: EngineName, { folder }: Where): string => folder ?? cacheFolder("engines", name);

/**
 * An engine that works: the one that runs in this folder, or a new one with what the folder holds.
 *
 * @throws ToolchainError with the end of its log where it does not come up
 */
export async function startEngine(name: EngineName, where: Where = {}, tools: Tools = {}): Promise<RunningEngine> {
  const folder = folderOf(name, where);
  mkdirSync(folder, { recursive: true });
  return withLock(`${folder}.lock`, async () => {
    const present = runningEngine(name, where);
    if (present !== undefined) return present;
    const engine = engines[name];
    const place = { folder, port: where.port ?? engine.port, authenticated: where.authenticated ?? false };
    const [java, jars] = [await findJava(engine.java, tools), await obtainJars(engine, tools)];
    await refuseUsed(name, place);
    for (const [path, text] of Object.entries(engine.files(place))) writeFileSync(join(folder, path), text);
    await prepare(engine, place, java, jars, tools);
    tools.report?.(`starting ${name} ${engine.version}`);
    const log = join(folder, "log");
    const pid = thisMachine.detach(java, [...memory(engine), "-cp", join(jars, "*"), ...engine.command(place)], log);
    writeFileSync(stateFile(folder), JSON.stringify({ pid, port: place.port }));
    await untilReady(name, engine, place, pid, log);
    return { name, pid, port: place.port, address: `127.0.0.1:${place.port}`, log };
  });
}

const stateFile = (folder: string): string => join(folder, "process.json");

/** A small heap, and a collector that leaves the other cores alone. */
const memory = ({ heap }: JavaEngine): string[] => [`-Xms${heap}m`, `-Xmx${heap}m`, "-XX:+UseSerialGC"];

async function prepare({ prepare }: JavaEngine, place: Place, java: string, jars: string, { exec = run }: Tools) {
  if (prepare === undefined || existsSync(join(place.folder, prepare.once))) return;
  const { code, stdout, stderr } = await exec(java, ["-cp", join(jars, "*"), ...prepare.command(place)]);
  if (code === 0) return;
  throw new ToolchainError({
    path: place.folder,
    reason: `cannot be prepared:\n${lastLines(`${stdout}\n${stderr}`, 5)}\n`,
    remedy: "remove the folder and try again",
  });
}

/** The engine that {@link startEngine} has started in a folder, while it runs. */
export function runningEngine(name: EngineName, where: Where = {}): RunningEngine | undefined {
  const folder = folderOf(name, where);
  if (!existsSync(stateFile(folder))) return undefined;
  const { pid, port } = JSON.parse(readFileSync(stateFile(folder), "utf8")) as { pid: number; port: number };
  // Numbers of processes come round again: it is ours if its command names our folder.
  const commandLine = `/proc/${pid}/cmdline`;
  const ours = existsSync(commandLine) && readFileSync(commandLine, "utf8").includes(folder);
  return ours ? { name, pid, port, address: `127.0.0.1:${port}`, log: join(folder, "log") } : undefined;
}

export interface StopOptions {
  /** As `kill -9` does: it has no time to write anything. @default false */
  readonly abruptly?: boolean;
}

/** Stops the engine of a folder and waits for its end; what it keeps stays. */
export async function stopEngine(name: EngineName, where: Where = {}, { abruptly = false }: StopOptions = {}) {
  const present = runningEngine(name, where);
  if (present === undefined) return "not running";
  const { pid, port, log } = present;
  process.kill(pid, abruptly ? "SIGKILL" : "SIGTERM");
  // A process that has died holds its ports until the system has taken its memory back.
  const gone = async () => runningEngine(name, where) === undefined && !(await isOpen(port));
  for (const deadline = Date.now() + patience; !(await gone()) && Date.now() < deadline;) await sleep(100);
  if (!(await gone())) {
    throw new ToolchainError({ path: name, value: pid, reason: "did not stop in time", remedy: `see ${log}` });
  }
  rmSync(stateFile(folderOf(name, where)), { force: true });
  return "stopped";
}

/** Removes all that a stopped engine keeps. */
export const forgetEngine = (name: EngineName, where: Where = {}): void =>
  rmSync(folderOf(name, where), { recursive: true, force: true });

async function refuseUsed(name: EngineName, { port }: Place): Promise<void> {
  if (!(await isOpen(port))) return;
  throw new ToolchainError({
    path: name,
    value: port,
    reason: "another process listens on its port",
    remedy: "end that process, or give the engine another port",
  });
}

async function untilReady(name: string, engine: JavaEngine, { port }: Place, pid: number, log: string): Promise<void> {
  const ready = () => (engine.ready === undefined ? isOpen(port) : answers(`http://127.0.0.1:${port}${engine.ready}`));
  for (const deadline = Date.now() + patience; isAlive(pid) && Date.now() < deadline; await sleep(250)) {
    if (await ready()) return;
  }
  const ended = isAlive(pid) ? "is not ready in time" : "ended";
  throw new ToolchainError({
    path: name,
    reason: `${ended}:\n${lastLines(readFileSync(log, "utf8"), 8)}\n`,
    remedy: `see ${log}`,
  });
}

const isOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    const done = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once("connect", () => done(true));
    socket.once("error", () => done(false));
  });

const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
