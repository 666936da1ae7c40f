import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { existsSync } from "node:fs";
import type { Problem } from "../components/core/problems";
import { run, type Exec, type Tools } from "./exec";

/** A Docker engine that answers. */
export interface Engine {
  /** `unix:///var/run/docker.sock`, `ssh://…`. */
  readonly host: string;
  readonly version: string;
  readonly cgroup: "1" | "2";
  /** Where it keeps images and volumes. */
  readonly dataRoot: string;
  /** Space left there. @default - not known: the engine runs on another machine */
  readonly freeBytes?: number;
}

/** What was found, and what could be done about it without a person. */
export type Found =
  | { readonly state: "running"; readonly engine: Engine }
  | {
      /** `stopped`: installed here, not running. `missing`: not installed here. `unreachable`: something else. */
      readonly state: "stopped" | "missing" | "unreachable";
      readonly host: string;
      readonly problem: Problem;
    };

export interface EngineOptions extends Tools {
  /** @default - DOCKER_HOST, then the Docker context in use, then the default socket */
  readonly host?: string;
}

/** Arguments that make the Docker client talk to one engine. */
export const toHost = (host: string | undefined): string[] => (host === undefined ? [] : ["--host", host]);

/** Looks for a Docker engine. Never throws. */
export async function findEngine({ host, exec = run }: EngineOptions = {}): Promise<Found> {
  const address = host ?? (await contextHost(exec));
  const info = await exec("docker", [...toHost(host), "info", "--format", "{{json .}}"], { timeout: 20_000 });
  if (info.code === 127) return missing(address);
  const facts = parse(info.stdout);
  if (info.code === 0 && facts?.ServerVersion) return { state: "running", engine: await engine(address, facts) };
  return unreachable(address, info.stderr || facts?.ServerErrors?.join("; ") || "no answer", exec);
}

/** The part of `docker info` that is read here. */
interface Info {
  readonly ServerVersion?: string;
  readonly CgroupVersion?: string;
  readonly DockerRootDir?: string;
  readonly ServerErrors?: readonly string[] | null;
}

function parse(text: string): Info | undefined {
  try {
    return JSON.parse(text) as Info;
  } catch {
    return undefined;
  }
}

// The client resolves DOCKER_HOST, DOCKER_CONTEXT and its own settings here, in this order.
async function contextHost(exec: Exec): Promise<string> {
  const context = ["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"];
  const { code, stdout } = await exec("docker", context, { timeout: 20_000 });
  return code === 0 ? stdout.trim() : (process.env["DOCKER_HOST"] ?? defaultHost);
}

export const defaultHost = "unix:///var/run/docker.sock";

async function engine(host: string, { ServerVersion = "", CgroupVersion, DockerRootDir = "" }: Info): Promise<Engine> {
  const free = host.startsWith("unix://") ? await freeBytes(DockerRootDir) : undefined;
  return {
    host,
    version: ServerVersion,
    cgroup: CgroupVersion === "2" ? "2" : "1",
    dataRoot: DockerRootDir,
    ...(free !== undefined && { freeBytes: free }),
  };
}

/** Space left for files of this user, in the folder or the nearest one above it that exists. */
async function freeBytes(folder: string): Promise<number | undefined> {
  let existing = folder;
  while (existing !== dirname(existing) && !existsSync(existing)) existing = dirname(existing);
  const stats = await statfs(existing).catch(() => undefined);
  return stats && stats.bavail * stats.bsize;
}

const missing = (host: string): Found => ({
  state: "missing",
  host,
  problem: {
    path: "docker",
    reason: "no Docker engine is installed here",
    remedy: "run `sightline engine up` as root on Debian or Ubuntu, or see https://docs.docker.com/engine/install/",
  },
});

async function unreachable(host: string, answer: string, exec: Exec): Promise<Found> {
  const reason = answer.trim().split("\n").at(-1) ?? "no answer";
  const refused = (remedy: string): Found => ({
    state: "unreachable",
    host,
    problem: { path: "docker", value: host, reason, remedy },
  });
  if (/permission denied/i.test(answer)) return refused("run as root, or `usermod -aG docker $USER` and log in again");
  if (host !== defaultHost)
    return refused(
      "start that engine, or choose another one with the setting dockerHost, or DOCKER_HOST, or `docker context use`",
    );
  const { code } = await exec("dockerd", ["--version"]);
  if (code !== 0) return missing(host);
  return {
    state: "stopped",
    host,
    problem: { path: "docker", value: host, reason, remedy: "run `sightline engine up` as root" },
  };
}
