import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { Refusal } from "../../components/core/problems";

/** A file of the user, as it was read. */
export interface SourceFile {
  /** `-` is standard input. */
  readonly path: string;
  readonly text: string;
}

/** What is written beside the manifests of a folder, and is never read as one of them. */
export const kitFile = "sightline-nodejs.yaml";

/** Files as they are named; of a folder those in YAML, in the order of their names. */
export async function sourceFiles(paths: readonly string[]): Promise<readonly SourceFile[]> {
  const files: SourceFile[] = [];
  for (const path of paths.flatMap(filesOf)) {
    // A pipe may have nothing yet, which reading it at once would take for an error.
    files.push({ path, text: path === "-" ? await text(process.stdin) : readFileSync(path, "utf8") });
  }
  return files;
}

function filesOf(path: string): readonly string[] {
  if (path === "-") return [path];
  try {
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.ya?ml$/.test(file) && !file.endsWith(kitFile))
      .sort()
      .map((file) => join(path, file));
  } catch {
    const remedy = "name a file, a folder, or - for standard input";
    throw new Refusal("files", [{ path: "-f", value: path, reason: "cannot be read", remedy }]);
  }
}
