import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ToolchainError } from "../error";
import { run, type Tools } from "../exec";

/** Folders that Linux distributions and others install Java in. */
const roots = ["/usr/lib/jvm", "/opt/java", "/Library/Java/JavaVirtualMachines"];

/**
 * A `java` of this machine whose major version lies between two: that of JAVA_HOME or of the PATH, or else the newest.
 *
 * @throws ToolchainError where there is none
 */
export async function findJava([oldest, newest]: readonly [number, number], tools: Tools = {}): Promise<string> {
  const { exec = run } = tools;
  const fits = (major: number | undefined) => major !== undefined && major >= oldest && major <= newest;
  const home = process.env["JAVA_HOME"];
  for (const java of [...(home ? [join(home, "bin", "java")] : []), "java"]) {
    const { code, stdout, stderr } = await exec(java, ["-version"]);
    if (code === 0 && fits(majorIn(stdout + stderr, /version "([^"]+)"/))) return java;
  }
  const [best] = installed()
    .filter(({ major }) => fits(major))
    .sort((a, b) => b.major - a.major);
  if (best !== undefined) return best.path;
  throw new ToolchainError({
    path: "java",
    reason: `no Java from ${oldest} to ${newest} on this machine`,
    remedy: `install one, as openjdk-${newest === 17 ? 17 : oldest}-jre-headless of Debian or Temurin, or set JAVA_HOME to it`,
  });
}

/** The folder a Java is installed in, by what it says of itself. */
export async function javaHome(java: string, { exec = run }: Tools = {}): Promise<string> {
  const { stdout, stderr } = await exec(java, ["-XshowSettings:properties", "-version"]);
  const [, home] = /^\s*java\.home = (.+)$/m.exec(stdout + stderr) ?? [];
  if (home !== undefined) return home.trim();
  throw new ToolchainError({
    path: "java",
    value: java,
    reason: "does not say where it is installed",
    remedy: "set JAVA_HOME to another one",
  });
}

/** Each installation says in a file which version it is. */
function installed(): { path: string; major: number }[] {
  const homes = roots.filter(existsSync).flatMap((root) => readdirSync(root).map((name) => join(root, name)));
  return homes.flatMap((home) => {
    const [path, release] = [join(home, "bin", "java"), join(home, "release")];
    if (!existsSync(path) || !existsSync(release)) return [];
    const major = majorIn(readFileSync(release, "utf8"), /^JAVA_VERSION="([^"]+)"/m);
    return major === undefined ? [] : [{ path, major }];
  });
}

function majorIn(text: string, pattern: RegExp): number | undefined {
  const [, version] = pattern.exec(text) ?? [];
  return version === undefined ? undefined : Number(version.split(/[.+-]/)[0]);
}
