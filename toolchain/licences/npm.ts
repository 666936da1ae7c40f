import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Dependency } from "./dependency";

type Field = "dependencies" | "devDependencies" | "optionalDependencies" | "peerDependencies";

/** Every lock file, with the fields of its package.json whose packages become a part of what is shipped. */
export const lockFiles: Readonly<Record<string, readonly Field[]>> = {
  "package-lock.json": ["dependencies", "peerDependencies"],
  // One file is made of them.
  "instrumentation/nodejs/package-lock.json": ["devDependencies"],
  "site/package-lock.json": [],
  "test/kits/nodejs/services/package-lock.json": [],
  "test/kits/nodejs/services/older/package-lock.json": [],
};

/** What a lock file says of one package. Source: https://docs.npmjs.com/cli/configuring-npm/package-lock-json */
interface Locked extends Readonly<Partial<Record<Field, Readonly<Record<string, string>>>>> {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly link?: boolean;
}
type Packages = Readonly<Record<string, Locked>>;

/** All packages of all lock files, each version once. */
export const npmDependencies = (root: string): Dependency[] =>
  Object.entries(lockFiles).flatMap(([file, shipped]) =>
    lockedPackages(file, readFileSync(join(root, file), "utf8"), shipped),
  );

/** Packages of one lock file, each with the shortest way it comes in by. */
export function lockedPackages(file: string, text: string, shipped: readonly Field[]): Dependency[] {
  const { packages } = JSON.parse(text) as { packages: Packages };
  const linked = waysTo(packages, shipped);
  const ways = waysTo(packages, fields);
  return Object.entries(packages)
    .filter(([path, { link }]) => path !== "" && link !== true)
    .map(([path, { name, version = "", license }]) => ({
      kind: "npm",
      name: name ?? nameAt(path),
      version,
      ...(license !== undefined && { licence: license }),
      use: linked.has(path) ? "linked" : "tool",
      through: [`${file}: ${(ways.get(path) ?? [nameAt(path)]).join(" → ")}`],
    }));
}

const nameAt = (path: string): string => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);

const fields: readonly Field[] = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];

/** The shortest chain of names to each path, from those that the lock file's own package has in some fields. */
function waysTo(packages: Packages, own: readonly Field[]): Map<string, string[]> {
  const ways = new Map<string, string[]>([["", []]]);
  for (const [path, way] of ways) {
    const asked = path === "" ? own : fields;
    for (const name of asked.flatMap((field) => Object.keys(packages[path]?.[field] ?? {}))) {
      const found = resolve(packages, path, name);
      if (found !== undefined && !ways.has(found)) ways.set(found, [...way, name]);
    }
  }
  return ways;
}

/** As Node.js looks for a package: in the folder of who asks, then in each one above. */
function resolve(packages: Packages, from: string, name: string): string | undefined {
  const path = `${from === "" ? "" : `${from}/`}node_modules/${name}`;
  if (packages[path] !== undefined || from === "") return packages[path] && path;
  const above = from.lastIndexOf("/node_modules/");
  return resolve(packages, above < 0 ? "" : from.slice(0, above), name);
}
