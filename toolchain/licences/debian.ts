import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lastLines } from "../build";
import { clusterPackages } from "../cluster/programs";
import { enginePackages } from "../engine";
import { resolvedPackages } from "../debian";
import { basePackages } from "../engine-images/debian-root";
import { ToolchainError } from "../error";
import { run, type Tools } from "../exec";
import { shellPackages } from "../shell";
import { allOfMain } from "./allowed";
import type { Dependency } from "./dependency";

/** What asks for packages of the distribution, and which. */
export const asked: Readonly<Record<string, readonly string[]>> = {
  "toolchain/engine.ts": enginePackages,
  "toolchain/cluster/programs.ts": clusterPackages,
  "toolchain/engine-images/debian-root.ts": basePackages,
  "toolchain/shell.ts": shellPackages,
};

/**
 * The packages that are asked for by name, and whatever of all that they depend on is not plainly free: what is not in
 * `main`, or names the Affero licence in its file `copyright`. Versions are those of the distribution.
 *
 * @throws ToolchainError where there is no apt-get, or a package cannot be had
 */
export async function debianDependencies({ exec = run, report }: Tools = {}): Promise<Dependency[]> {
  const failed = (reason: string) =>
    new ToolchainError({ path: "apt-get", reason, remedy: "run this on Debian or Ubuntu, with a mirror it reaches" });
  const versions = await resolvedPackages(Object.values(asked).flat(), exec);
  if (versions.length === 0) throw failed("resolves none of the packages");
  report?.(`reading what ${versions.length} packages of the distribution say`);
  const shown = await exec("apt-cache", ["show", ...versions]);
  if (shown.code !== 0) throw failed(lastLines(shown.stderr, 3));
  const sections = new Map(
    [...shown.stdout.matchAll(/^Package: (\S+)$[^]*?^Section: (\S+)$/gm)].map(([, name, section]) => [name!, section!]),
  );
  const affero = await namingAffero(versions, exec, failed);
  const licence = (name: string): string =>
    `${sections.get(name)?.includes("/") === false ? allOfMain : "LicenseRef-not-of-main"}${affero.has(name) ? " AND AGPL-3.0-only" : ""}`;
  return versions
    .map((version) => version.split("=")[0]!)
    .map((name) => ({ name, by: Object.keys(asked).filter((file) => asked[file]!.includes(name)) }))
    .filter(({ name, by }) => by.length > 0 || licence(name) !== allOfMain)
    .map(({ name, by }) => ({
      kind: "debian",
      name,
      version: "the distribution's",
      licence: licence(name),
      use: "program",
      through: by.length > 0 ? by : ["what other packages depend on"],
    }));
}

/** Packages whose own account of their licences names the Affero licence. */
async function namingAffero(
  versions: readonly string[],
  exec: NonNullable<Tools["exec"]>,
  failed: (reason: string) => ToolchainError,
): Promise<Set<string>> {
  const downloads = mkdtempSync(join(tmpdir(), "sightline-licences-"));
  try {
    const fetched = await exec("apt-get", ["download", ...versions], { cwd: downloads });
    if (fetched.code !== 0) throw failed(lastLines(fetched.stderr, 3));
    const found = new Set<string>();
    for (const file of readdirSync(downloads)) {
      const unpacked = join(downloads, "unpacked");
      const { code, stderr } = await exec("dpkg-deb", ["--extract", join(downloads, file), unpacked]);
      if (code !== 0) throw failed(lastLines(stderr, 3));
      const { code: grep } = await exec("grep", [
        "-rqiE",
        "affero|agpl",
        "--include=copyright",
        join(unpacked, "usr/share/doc"),
      ]);
      if (grep === 0) found.add(file.split("_")[0]!);
      rmSync(unpacked, { recursive: true });
    }
    return found;
  } finally {
    rmSync(downloads, { recursive: true });
  }
}
