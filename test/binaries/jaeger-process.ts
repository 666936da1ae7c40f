import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { execa } from "execa";
import { storesUser } from "../support/login";
import { fill } from "./folder";

/** A Jaeger that runs on this machine, for one test. */
export interface JaegerProcess {
  /** Base URL of what its configuration has on this port. */
  readonly url: (port: number) => string;
  stop(): Promise<void>;
}

/** Longest time until it is ready, in milliseconds. */
const startup = 60_000;

/**
 * Starts Jaeger with a rendered configuration. Its folders are moved below `folder` and its ports to free ones of
 * 127.0.0.1; all else stays as it is. It asks for `loginHeaders`.
 *
 * @throws Error with the end of its log where it ends, or is not ready in time
 */
export async function startJaeger(binary: string, config: string, folder: string): Promise<JaegerProcess> {
  const text = readFileSync(config, "utf8");
  const ports = await freePorts(new Set([...text.matchAll(listening)].map(([, , port]) => Number(port))));
  const moved = text
    .replaceAll(listening, (_, between: string, port: string) => `127.0.0.1${between}${ports.get(Number(port))}`)
    .replaceAll("/badger/", `${join(folder, "badger")}/`)
    .replaceAll("/etc/jaeger/", `${dirname(config)}/`);
  fill(folder, { "config.yaml": moved });

  const url = (port: number) => `http://127.0.0.1:${ports.get(port)}`;
  const password = storesUser.password;
  const env = { BASIC_AUTH_STACK_PASSWORD: password, BASIC_AUTH_PROMETHEUS_PASSWORD: password };
  const running = execa(binary, ["--config", join(folder, "config.yaml")], { env, all: true, reject: false });
  let ended = false;
  void running.finally(() => (ended = true));
  const stop = async (): Promise<void> => {
    running.kill("SIGTERM");
    await running;
  };
  const deadline = Date.now() + startup;
  while (!(await isReady(`${url(13133)}/status`))) {
    if (ended || Date.now() > deadline) {
      await stop();
      throw new Error(`Jaeger ${ended ? "ended" : "was not ready in time"}:\n${(await running).all.slice(-4_000)}`);
    }
    await wait(200);
  }
  return { url, stop };
}

/** An address in the configuration: `0.0.0.0:4317`, or host and port on two lines. */
export const listening = /0\.0\.0\.0(:|\n +port: )(\d+)/g;

export const isReady = (url: string, headers: Readonly<Record<string, string>> = {}): Promise<boolean> =>
  fetch(url, { headers }).then(
    ({ ok }) => ok,
    () => false,
  );

/**
 * Below the ports that the system gives to connections by itself, one of which would else take a port that was free. Workers of
 * mocha start at the same moment, and find free what another is about to take: each has a thousand of its own.
 */
const worker = process.env["MOCHA_WORKER_ID"];
const lowest = worker === undefined ? 27_000 : 24_000 + 1_000 * (Number(worker) % 3);
const highest = worker === undefined ? 29_999 : lowest + 999;
const given = new Set<number>();

/** A port of 127.0.0.1 that is free, for each of these. None is given twice by one process. */
export async function freePorts(wanted: ReadonlySet<number>): Promise<Map<number, number>> {
  const ports = new Map<number, number>();
  for (const port of wanted) ports.set(port, await freePort());
  return ports;
}

async function freePort(): Promise<number> {
  for (;;) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
