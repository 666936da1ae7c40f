import { existsSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { lastLines } from "./build";
import { cacheFolder } from "./cache";
import { thisMachine, type Machine } from "./engine";
import { ToolchainError } from "./error";
import { run, type Exec, type Tools } from "./exec";
import { withLock } from "./lock";

export interface UnpackOptions extends Tools {
  readonly machine?: Pick<Machine, "hasApt">;
}

/**
 * Unpacks packages of Debian or Ubuntu into a folder of this user's cache, without installing them.
 *
 * @param path What asks for them, as a problem names it.
 * @param files A file of each package, relative to the folder: those that are there are not fetched again.
 * @returns the folder
 * @throws ToolchainError where they cannot be had
 */
export async function unpackPackages(
  path: string,
  files: Readonly<Record<string, string>>,
  { report, exec = run, machine = thisMachine }: UnpackOptions = {},
): Promise<string> {
  const folder = cacheFolder("toolchain", "debian");
  const packages = Object.keys(files);
  const areThere = () => Object.values(files).every((file) => existsSync(join(folder, file)));
  if (areThere()) return folder;
  const failed = (reason: string) =>
    new ToolchainError({
      path,
      reason: `${packages.join(" and ")} cannot be had: ${reason}`,
      remedy: `put their files below ${folder}, as the packages of Debian or Ubuntu have them`,
    });
  if (!machine.hasApt) throw failed("there is no apt-get here");
  await mkdir(folder, { recursive: true });
  return withLock(`${folder}.lock`, async () => {
    if (areThere()) return folder;
    report?.(`unpacking ${packages.join(" and ")} into ${folder}`);
    const downloads = join(folder, "downloads");
    await mkdir(downloads, { recursive: true });
    const download = () => exec("apt-get", ["download", ...packages], { cwd: downloads });
    // A fresh machine has no lists of packages yet.
    let result = await download();
    if (result.code !== 0 && (await exec("apt-get", ["update"])).code === 0) result = await download();
    if (result.code !== 0) throw failed(lastLines(result.stderr, 3));
    for (const file of await readdir(downloads)) {
      const { code, stderr } = await exec("dpkg-deb", ["--extract", join(downloads, file), folder]);
      if (code !== 0) throw failed(lastLines(stderr, 3));
    }
    await rm(downloads, { recursive: true });
    return folder;
  });
}

/**
 * `package=version` of each package and of all that it depends on, as apt resolves them where nothing is installed. None
 * where it cannot.
 */
export async function resolvedPackages(packages: readonly string[], exec: Exec): Promise<string[]> {
  const nothing = ["-o", "Dir::State::status=/dev/null", "-o", "APT::Install-Recommends=false"];
  const resolve = async (): Promise<string[]> => {
    const { stdout } = await exec("apt-get", ["install", "--simulate", ...nothing, ...packages]);
    return [...stdout.matchAll(/^Inst (\S+) (?:\[\S+\] )?\((\S+) /gm)].map(([, name, version]) => `${name}=${version}`);
  };
  const found = await resolve();
  // A fresh machine has no lists of packages yet.
  return found.length === 0 && (await exec("apt-get", ["update"])).code === 0 ? resolve() : found;
}
