import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lastLines } from "../build";
import { ToolchainError } from "../error";
import { run, type Tools } from "../exec";

/** Files that hold the licence of the code beside them: not of its documents, and no list of others. */
const isLicence = (name: string): boolean =>
  /^(licen[sc]e|copying|unlicense)([-._].*)?$/i.test(name) && !/template|3rdparty|\.docs|\.go$|\.csv$/i.test(name);

/** A classification of one file, as the classifier writes it. */
interface Classified {
  readonly Filepath: string;
  readonly Classifications: readonly { readonly Name: string; readonly Confidence: number }[] | null;
}

/**
 * What the licence files of folders read as, by folder. All texts that are found hold at once, so they are joined by AND;
 * which of them one may choose, a reader has to say. A folder without a text that is known is left out.
 *
 * Source of the texts: github.com/google/licenseclassifier
 *
 * @throws ToolchainError where the classifier cannot be run
 */
export async function classify(
  folders: readonly string[],
  { exec = run, report }: Tools = {},
): Promise<Map<string, string>> {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && isLicence(entry.name))
      .map(({ name }) => ({ folder, file: join(folder, name) })),
  );
  report?.(`reading ${files.length} licence files`);
  const scratch = mkdtempSync(join(tmpdir(), "sightline-licences-"));
  try {
    const output = join(scratch, "found.json");
    const args = ["tool", "identify_license", "-tasks", "2", "-json", output, ...files.map(({ file }) => file)];
    const { code, stderr } = await exec("go", args, { cwd: join(__dirname, "classifier") });
    if (code !== 0) {
      throw new ToolchainError({
        path: "go tool identify_license",
        reason: lastLines(stderr, 3),
        remedy: "install Go, and set GOPROXY to a proxy that has github.com/google/licenseclassifier/v2",
      });
    }
    return joined(files, JSON.parse(readFileSync(output, "utf8")) as Classified[]);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function joined(
  files: readonly { readonly folder: string; readonly file: string }[],
  found: readonly Classified[],
): Map<string, string> {
  const folderOf = new Map(files.map(({ folder, file }) => [file, folder]));
  const names = new Map<string, Set<string>>();
  for (const { Filepath, Classifications } of found) {
    const folder = folderOf.get(Filepath)!;
    for (const { Name } of Classifications ?? []) {
      if (Name !== "Copyright") names.set(folder, (names.get(folder) ?? new Set()).add(Name));
    }
  }
  return new Map([...names].map(([folder, all]) => [folder, [...all].sort().join(" AND ")]));
}
