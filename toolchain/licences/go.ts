import { join } from "node:path";
import { lastLines } from "../build";
import { binaries, binaryNames } from "../catalog";
import { ToolchainError } from "../error";
import { run, type Tools } from "../exec";
import { buildEnv } from "../recipe";
import { classify } from "./classify";
import type { Dependency } from "./dependency";

/** A program, its folder in toolchain/, and its main package. */
interface Program {
  readonly name: string;
  readonly folder: string;
  readonly package: string;
  readonly tags: readonly string[];
}

/** A module whose code is in a program, and where its source lies. */
interface Linked {
  readonly module: string;
  readonly version: string;
  readonly folder: string;
}

export const goPrograms: readonly Program[] = binaryNames.map((name) => ({
  name,
  folder: binaries[name].folder,
  package: binaries[name].package,
  tags: binaries[name].tags ?? [],
}));

/**
 * Modules of which at least one package is linked into a program that is built here, for this kind of machine, with the
 * tags it is built with. Their licences are those that their files read as.
 *
 * @throws ToolchainError where Go is missing or a module cannot be fetched
 */
export async function goDependencies(tools: Tools = {}): Promise<Dependency[]> {
  const linked: (Linked & { readonly program: string })[] = [];
  for (const program of goPrograms) {
    tools.report?.(`listing what is linked into ${program.name}`);
    for (const module of await linkedInto(program, tools)) linked.push({ ...module, program: `toolchain/${program.folder}: ${program.name}` });
  }
  const licences = await classify([...new Set(linked.map(({ folder }) => folder))].sort(), tools);
  return linked.map(({ module, version, folder, program }) => {
    const licence = licences.get(folder);
    return {
      kind: "go",
      name: module,
      version,
      ...(licence !== undefined && { licence }),
      use: "linked",
      through: [program],
    };
  });
}

/** One line for each package that is none of Go's own and none of ours: module, version, folder; or an error. */
const format =
  '{{if .Error}}error\t{{printf "%q" (print .Error)}}{{else}}{{with .Module}}{{with or .Replace .}}{{.Path}}\t{{.Version}}{{end}}\t{{.Dir}}{{end}}{{end}}';

async function linkedInto({ name, folder, package: main, tags }: Program, { exec = run }: Tools): Promise<Linked[]> {
  const args = ["list", "-e", "-deps", "-tags", tags.join(","), "-f", format, main];
  const { code, stdout, stderr } = await exec("go", args, { cwd: join(__dirname, "..", folder), env: buildEnv });
  const failed = (reason: string) =>
    new ToolchainError({ path: name, reason, remedy: "install Go, and set GOPROXY to a proxy that has its modules" });
  if (code !== 0) throw failed(lastLines(stderr, 3));
  const lines = [...new Set(stdout.split("\n"))].map((line) => line.split("\t"));
  // Files that a build puts beside the source are not there yet.
  const error = lines.find(([first, text = ""]) => first === "error" && !/no matching files found/.test(text));
  if (error !== undefined) throw failed(error[1]!);
  return lines
    .filter(([first, version]) => first !== "error" && version)
    .map(([module, version, source]) => ({ module: module!, version: version!, folder: source! }));
}
