import { dirname, join } from "node:path";
import { execa } from "execa";
import type { BinaryName } from "../../toolchain/catalog";
import { findBinary } from "../../toolchain/build";
import { filesUnder, renderedFolder } from "../../stacks/rendered";
import { failed, passed, skipped, type Check } from "./check";

/** A kind of rendered file and the program that judges it. */
interface Judge {
  readonly binary: BinaryName;
  readonly files: RegExp;
  readonly args: (file: string) => readonly string[];
}

const judges: readonly Judge[] = [
  { binary: "otelcol-contrib", files: /\/collector\/config\.yaml$/, args: (file) => ["validate", `--config=${file}`] },
  { binary: "jaeger", files: /\/jaeger-2\.13\.0\/config\.yaml$/, args: (file) => ["validate", "--config", file] },
  {
    binary: "promtool",
    files: /\/prometheus\/prometheus\.yml$/,
    args: (file) => ["check", "config", "--syntax-only", file],
  },
  {
    binary: "promtool",
    files: /\/prometheus\/rules\/.*\.yml$/,
    args: (file) => ["check", "rules", "--lint=all", "--lint-fatal", file],
  },
  { binary: "loki", files: /\/loki\/config\.yaml$/, args: (file) => ["-verify-config", `-config.file=${file}`] },
];

/** Every rendered file against the program that will read it. */
export const binaryChecks = (): Check[] =>
  judges.flatMap(({ binary, files, args }) =>
    filesUnder(renderedFolder)
      .filter((path) => files.test(path))
      .sort()
      .map((path) => ({
        subject: `configs/rendered/${path}`,
        by: [binary, ...args("").filter((arg) => !arg.includes("=") && arg !== "")].join(" "),
        run: () => judge(binary, join(renderedFolder, path), args),
      })),
  );

async function judge(binary: BinaryName, file: string, args: Judge["args"]) {
  const built = await findBinary(binary);
  if (built === undefined)
    return skipped(`${binary} is not built: run \`npm run sightline -- toolchain build ${binary}\``);
  const { exitCode, all } = await execa(built.path, [...args(file)], { cwd: dirname(file), all: true, reject: false });
  return exitCode === 0 ? passed : failed(all ?? "");
}
