import { readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** What the package of a service says of it. */
export interface Service {
  /** Folder of its package.json; that of its script where there is none. */
  readonly folder: string;
  readonly name?: string;
  readonly version?: string;
  /** Names of the packages it depends on at run time. */
  readonly dependencies: readonly string[];
}

/** The package that a script belongs to. @param script - `process.argv[1]` */
export function serviceOf(script: string | undefined): Service {
  const start = script === undefined ? process.cwd() : dirname(real(script));
  for (let folder = start; ; folder = dirname(folder)) {
    const found = json(join(folder, "package.json"));
    if (found !== undefined) {
      const { name, version, dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = found;
      return {
        folder,
        ...(name !== undefined && { name }),
        ...(version !== undefined && { version }),
        dependencies: Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }),
      };
    }
    if (dirname(folder) === folder) return { folder: start, dependencies: [] };
  }
}

/** Version of a package as a service would load it. @default - it is not installed, or does not say */
export function versionOf({ folder }: Service, name: string): string | undefined {
  for (const base of createRequire(join(folder, "package.json")).resolve.paths(name) ?? []) {
    const found = json(join(base, name, "package.json"));
    if (found !== undefined) return found.version;
  }
  return undefined;
}

interface Package {
  readonly name?: string;
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

function json(file: string): Package | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Package;
  } catch {
    return undefined;
  }
}

function real(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
