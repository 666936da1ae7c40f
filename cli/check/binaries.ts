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

/** What a Collector finds in a pod alone: its service account, the folder of its machine, and variables of the platform. */
export const outsidePods = ["kubelet_stats::auth_type: none", "host_metrics::root_path: /"].map(
  (key) => `--config=yaml:receivers::${key}`,
);
const env = { K8S_NODE_NAME: "node", K8S_NODE_IP: "127.0.0.1", HOSTNAME: "pod" };

const judges: readonly Judge[] = [
  {
    binary: "otelcol-contrib",
    files: /\/(collector|agent|gateway|sampler)\/config\.yaml$/,
    args: (file) => ["validate", `--config=${file}`],
  },
  {
    binary: "otelcol-contrib",
    files: /\/node-reader\/config\.yaml$/,
    args: (file) => ["validate", `--config=${file}`, ...outsidePods],
  },
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
  const { exitCode, all } = await execa(built.path, [...args(file)], {
    cwd: dirname(file),
    env,
    all: true,
    reject: false,
  });
  return exitCode === 0 ? passed : failed(all ?? "");
}
