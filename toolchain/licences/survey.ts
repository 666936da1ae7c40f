import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { engineNames, engines } from "../engines";
import { pomOf } from "../engines/jars";
import type { Tools } from "../exec";
import { asked, debianDependencies } from "./debian";
import type { Dependency } from "./dependency";
import { eachOnce } from "./each-once";
import { goDependencies, goPrograms } from "./go";
import { mavenDependencies } from "./maven";

/** What only a machine with Go and a network can find out. It is committed, so that a test can judge it without either. */
export interface Survey {
  /** Hash of each file that decides what is found. */
  readonly sources: Readonly<Record<string, string>>;
  readonly dependencies: readonly Dependency[];
}

/** @throws ToolchainError where this machine cannot find it out */
export async function survey(root: string, tools: Tools = {}): Promise<Survey> {
  const found = [await goDependencies(tools), await mavenDependencies(tools), await debianDependencies(tools)];
  return { sources: sourcesOf(root), dependencies: eachOnce(found.flat()) };
}

/** Files that pin what is built, and the list of what is built from them. */
export function sourcesOf(root: string): Record<string, string> {
  const hash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);
  const folders = [...new Set(goPrograms.map(({ folder }) => folder))].sort();
  const files = folders
    .flatMap((folder) => [`toolchain/${folder}/go.mod`, `toolchain/${folder}/go.sum`])
    .filter((file) => existsSync(join(root, file)));
  const poms = engineNames.map((name) => relative(root, pomOf(engines[name])));
  return Object.fromEntries([
    ["programs that are built", hash(JSON.stringify(goPrograms))],
    ["packages of the distribution", hash(JSON.stringify(asked))],
    ...[...files, ...poms].map((file) => [file, hash(readFileSync(join(root, file), "utf8"))] as const),
  ]);
}
