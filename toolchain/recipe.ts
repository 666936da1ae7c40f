import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Binary } from "./catalog";

/** Folder of a binary's Go module. */
export const moduleFolder = (binary: Binary): string => join(__dirname, binary.folder);

/** Environment of every build: static binaries, from exactly the modules that go.sum names. */
export const buildEnv = { CGO_ENABLED: "0", GOFLAGS: "-mod=readonly" } as const;

/** Arguments of the `go` command that builds a binary. */
export const buildArgs = (binary: Binary, output: string): string[] => [
  "build",
  "-v",
  // Paths of this machine and the state of this repository stay out, so that the same sources give the same bytes.
  "-trimpath",
  "-buildvcs=false",
  ...(binary.tags === undefined ? [] : ["-tags", binary.tags.join(",")]),
  "-ldflags",
  ["-s -w", ...(binary.variables ?? []).map((variable) => `-X ${variable}`)].join(" "),
  "-o",
  output,
  binary.package,
];

/** Hash of all that decides what a build gives, except the Go version: sources, flags and the kind of machine. */
export function recipeKey(binary: Binary, folder: string = moduleFolder(binary)): string {
  const hash = createHash("sha256").update(
    JSON.stringify([process.platform, process.arch, buildEnv, buildArgs(binary, ""), binary.embeds ?? null]),
  );
  for (const file of sources(folder)) hash.update(`\0${file}\0`).update(readFileSync(join(folder, file)));
  return hash.digest("hex").slice(0, 12);
}

/** Everything in a module folder that the Go compiler reads for a program, in a fixed order. */
const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /(^|\/)go\.(mod|sum)$|\.go$/.test(file) && !file.endsWith("_test.go"))
    .sort();

/** Go version a module asks for. */
export function requiredGo(binary: Binary): string {
  const [, version = "1.26"] = /^go (\S+)$/m.exec(readFileSync(join(moduleFolder(binary), "go.mod"), "utf8")) ?? [];
  return version;
}
