import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { contentHash } from "../../components/core/names";
import { lastLines } from "../build";
import { cacheFolder } from "../cache";
import { resolvedPackages } from "../debian";
import { ToolchainError } from "../error";
import { run, type Tools } from "../exec";
import { withLock } from "../lock";

/** What entry scripts and a Java need, and what a health check asks with. apt adds what these depend on. */
export const basePackages = ["bash", "coreutils", "sed", "grep", "hostname", "curl", "libstdc++6", "zlib1g"];

/**
 * A folder of this user's cache with a small Debian or Ubuntu in it, unpacked and not installed: just the packages that
 * apt would install on a machine that has none, in the versions it would install now. Those decide the folder's name.
 *
 * @throws ToolchainError where they cannot be had
 */
export async function obtainDebianRoot({ report, exec = run }: Tools = {}): Promise<string> {
  const failed = (reason: string) =>
    new ToolchainError({
      path: "images",
      reason: `packages for the base of images cannot be had: ${reason}`,
      remedy: "build on Debian or Ubuntu with a mirror that apt-get reaches, or load the official images",
    });
  const versions = await resolvedPackages(basePackages, exec);
  if (versions.length === 0) throw failed("apt-get resolves none");
  const folder = cacheFolder("toolchain", `debian-root-${contentHash(versions.join("\n"))}`);
  await mkdir(cacheFolder("toolchain"), { recursive: true });
  return withLock(`${folder}.lock`, async () => {
    if (existsSync(folder)) return folder;
    report?.(`unpacking ${versions.length} packages for the base of images`);
    const scratch = `${folder}.tmp`;
    await rm(scratch, { recursive: true, force: true });
    const [downloads, root] = [join(scratch, "downloads"), join(scratch, "root")];
    await mkdir(downloads, { recursive: true });
    const fetched = await exec("apt-get", ["download", ...versions], { cwd: downloads });
    if (fetched.code !== 0) throw failed(lastLines(fetched.stderr, 3));
    for (const file of (await readdir(downloads)).sort()) {
      const { code, stderr } = await exec("dpkg-deb", ["--extract", join(downloads, file), root]);
      if (code !== 0) throw failed(lastLines(stderr, 3));
    }
    await rename(root, folder);
    await rm(scratch, { recursive: true });
    return folder;
  });
}
