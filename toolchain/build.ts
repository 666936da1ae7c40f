import { existsSync, readdirSync } from "node:fs";
import { copyFile, cp, mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { cacheFolder } from "./cache";
import { binaries, type Binary, type BinaryName } from "./catalog";
import { ToolchainError } from "./error";
import { run, type Exec, type Tools } from "./exec";
import { withLock } from "./lock";
import { buildArgs, buildEnv, moduleFolder, recipeKey, requiredGo } from "./recipe";
import { slots } from "./slots";

export interface BuiltBinary {
  readonly path: string;
  /** Changes whenever the binary may have: sources, flags, Go version. */
  readonly key: string;
  readonly origin: "present" | "built";
}

/**
 * A binary in this user's cache: the one that is there, or a new one built from the pinned sources.
 *
 * @throws ToolchainError where Go is missing or the build fails
 */
export async function obtainBinary(name: BinaryName, tools: Tools = {}): Promise<BuiltBinary> {
  const present = await findBinary(name, tools);
  if (present !== undefined) return present;
  const binary = binaries[name];
  const folder = folderOf(name, await goVersion(binary, tools.exec ?? run));
  const built = (origin: BuiltBinary["origin"]): BuiltBinary => ({
    path: join(folder, name),
    key: basename(folder),
    origin,
  });
  await mkdir(cacheFolder("toolchain", "logs"), { recursive: true });
  const waiting = (pid: number) => tools.report?.(`process ${pid} is building ${name}; waiting for it`);
  const work = async () => {
    if (existsSync(folder)) return built("present");
    await build(name, binary, folder, tools);
    return built("built");
  };
  return withLock(`${folder}.lock`, () => inTurn(work), waiting);
}

// Go uses every core while it compiles, but not while it loads modules and links, so two builds fill each other's gaps:
// three that only link took 30 s instead of 52 s on 2 cores. More would only take memory.
const inTurn = slots(2);

/** A binary in this user's cache, if it has been built from the present sources. Builds nothing. */
export async function findBinary(name: BinaryName, { exec = run }: Tools = {}): Promise<BuiltBinary | undefined> {
  const version = await goVersion(binaries[name], exec).catch(() => undefined);
  const folder = version === undefined ? anyFolderOf(name) : folderOf(name, version);
  if (folder === undefined || !existsSync(join(folder, name))) return undefined;
  return { path: join(folder, name), key: basename(folder), origin: "present" };
}

const prefixOf = (name: BinaryName): string => `${name}-${binaries[name].version}-${recipeKey(binaries[name])}-`;

const folderOf = (name: BinaryName, go: string): string => cacheFolder("toolchain", prefixOf(name) + go);

/** For a machine without Go, such as one that was given a copy of the cache: any Go version will do. */
function anyFolderOf(name: BinaryName): string | undefined {
  const root = cacheFolder("toolchain");
  const prefix = prefixOf(name);
  const found = existsSync(root) ? readdirSync(root).find((entry) => isFolderOf(prefix, entry)) : undefined;
  return found === undefined ? undefined : join(root, found);
}

const isFolderOf = (prefix: string, entry: string): boolean => entry.startsWith(prefix) && !/\.(lock|tmp)/.test(entry);

async function build(name: BinaryName, binary: Binary, folder: string, tools: Tools): Promise<void> {
  const { report, progress, exec = run } = tools;
  report?.(`building ${name} ${binary.version}, about ${minutes(binary.seconds)} on 2 cores the first time`);
  const scratch = `${folder}.tmp`;
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true });
  const cwd = await sourceFolder(binary, scratch, exec);
  const started = Date.now();
  const elapsed = () => `building ${name}: ${minutes((Date.now() - started) / 1000)} so far`;
  const clock = setInterval(() => report?.(elapsed()), 120_000);
  const { code, stdout, stderr } = await exec("go", buildArgs(binary, join(scratch, name)), {
    cwd,
    env: buildEnv,
    ...(progress && { onLine: progress }),
  });
  clearInterval(clock);
  const log = cacheFolder("toolchain", "logs", `${name}.log`);
  await writeFile(log, `${stdout}\n${stderr}\n`);
  if (code !== 0) {
    await rm(scratch, { recursive: true, force: true });
    throw new ToolchainError({
      path: name,
      reason: `go build failed with code ${code}:\n${lastLines(stderr, 12)}\n`,
      remedy: `see ${log}; where a module could not be fetched, set GOPROXY to a proxy that has it`,
    });
  }
  await rm(join(scratch, "source"), { recursive: true, force: true });
  await rename(scratch, folder);
}

/** Where to build: the module's own folder, or a copy that also holds the files it embeds. */
async function sourceFolder(binary: Binary, scratch: string, exec: Exec): Promise<string> {
  const own = moduleFolder(binary);
  if (binary.embeds === undefined) return own;
  const { module, folder, files } = binary.embeds;
  const { code, stdout, stderr } = await exec("go", ["mod", "download", "-json", module], { cwd: own, env: buildEnv });
  if (code !== 0) {
    throw new ToolchainError({
      path: module,
      reason: `cannot be fetched: ${lastLines(stderr || stdout, 3)}`,
      remedy: "set GOPROXY to a proxy that has it",
    });
  }
  const { Dir: fetched } = JSON.parse(stdout) as { Dir: string };
  const copy = join(scratch, "source");
  await cp(own, copy, { recursive: true });
  for (const file of files) await copyFile(join(fetched, folder, file), join(copy, file));
  return copy;
}

/** Go version that builds a module: what GOTOOLCHAIN makes of the installed one. */
async function goVersion(binary: Binary, exec: Exec): Promise<string> {
  const { code, stdout, stderr } = await exec("go", ["env", "GOVERSION"], { cwd: moduleFolder(binary) });
  if (code === 0) return stdout.trim();
  throw new ToolchainError({
    path: "go",
    reason: code === 127 ? "not on the PATH, and building from source needs it" : stderr.trim(),
    remedy: `install Go ${requiredGo(binary)} or newer from https://go.dev/dl/ and put its bin folder on the PATH`,
  });
}

/** Size of a built binary in bytes. */
export const sizeOf = async ({ path }: BuiltBinary): Promise<number> => (await stat(path)).size;

/** A length of time for people: `40 s`, `6 min`. */
export const minutes = (seconds: number): string =>
  seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;

export const lastLines = (text: string, count: number): string => text.trimEnd().split("\n").slice(-count).join("\n");
