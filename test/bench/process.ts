import { spawn, type ChildProcess } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

/** Clock ticks of /proc/<pid>/stat in a second: USER_HZ, 100 on every Linux. */
const ticks = 100;

/** A program that is measured while it runs. */
export interface Measured {
  readonly pid: number;
  /** CPU it has used so far, user and system, in seconds. */
  cpuSeconds(): number;
  /** Most memory it ever held, in MiB. */
  peakMebibytes(): number;
  stop(): Promise<void>;
}

/** Starts a program and waits until an address answers 200. */
export async function start(
  command: string,
  args: readonly string[],
  ready: string,
  log: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Measured> {
  const output = openSync(log, "w");
  const child = spawn(command, args, { stdio: ["ignore", output, output], env: { ...process.env, ...env } });
  const pid = child.pid!;
  for (const deadline = Date.now() + 60_000; !(await answers(ready)); await wait(200)) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`${command} did not start: see ${log}`);
  }
  return {
    pid,
    cpuSeconds: () => cpuSecondsOf(pid),
    peakMebibytes: () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) / 1024,
    stop: () => ended(child),
  };
}

/** CPU that a process has used so far, user and system, in seconds. */
export function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticks;
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

async function ended(child: ChildProcess): Promise<void> {
  child.kill("SIGTERM");
  while (child.exitCode === null && child.signalCode === null) await wait(100);
}

/** The middle value; of an even number, the upper one of the two in the middle. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
