import { Command, Option } from "commander";
import { Listr, type ListrTask } from "listr2";
import { findBinary, minutes, obtainBinary, sizeOf } from "../../toolchain/build";
import {
  binaries,
  binariesFor,
  binaryNames,
  unbuildable,
  type BinaryName,
  type Purpose,
} from "../../toolchain/catalog";
import { ToolchainError } from "../../toolchain/error";

const purposes: readonly Purpose[] = ["dev", "cluster", "test", "contributors"];

/** `sightline toolchain`: programs built from the sources this project pins, for machines that can download nothing. */
export function toolchainCommand(): Command {
  const toolchain = new Command("toolchain").description("build from source what a machine cannot download");
  toolchain
    .command("list")
    .description("what can be built, what it is for, how long it takes, and what is built already")
    .option("--json", "for machines")
    .action(list);
  toolchain
    .command("build")
    .description("build programs into this user's cache; those that are there already are left as they are")
    .argument("[names...]", "programs, as `toolchain list` calls them")
    .addOption(new Option("--for <purpose...>", "all programs that serve one of these purposes").choices(purposes))
    .action(build);
  return toolchain;
}

/** One line of `toolchain list`. */
interface Row {
  readonly name: BinaryName;
  readonly version: string;
  readonly purposes: readonly Purpose[];
  /** Of a first build, on 2 cores. */
  readonly seconds: number;
  readonly path?: string;
  readonly bytes?: number;
}

async function list({ json }: { json?: true }): Promise<void> {
  const rows = await Promise.all(binaryNames.map(row));
  if (json) {
    console.log(JSON.stringify({ binaries: rows, unbuildable }, null, 2));
    return;
  }
  console.log(line("program", "version", "build", "size", "for"));
  for (const { name, version, seconds, bytes, purposes } of rows) {
    console.log(
      line(name, version, minutes(seconds), bytes === undefined ? "-" : mebibytes(bytes), purposes.join(", ")),
    );
  }
  for (const [name, { reason }] of Object.entries(unbuildable)) console.log(`\n${name} cannot be built: ${reason}.`);
}

async function row(name: BinaryName): Promise<Row> {
  const { version, purposes, seconds } = binaries[name];
  const built = await findBinary(name);
  const there = built && { path: built.path, bytes: await sizeOf(built) };
  return { name, version, purposes, seconds, ...there };
}

const line = (name: string, version: string, seconds: string, size: string, purposes: string): string =>
  `${name.padEnd(28)}${version.padEnd(10)}${seconds.padStart(7)}${size.padStart(10)}  ${purposes}`;

const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MiB`;

async function build(names: readonly string[], { for: wished = [] }: { for?: readonly Purpose[] }): Promise<void> {
  const wanted = [...new Set([...names.map(known), ...wished.flatMap(binariesFor)])];
  if (wanted.length === 0) {
    throw new ToolchainError({
      path: "toolchain build",
      reason: "nothing to build",
      remedy: "name programs, or --for dev",
    });
  }
  const started = Date.now();
  const failures: unknown[] = [];
  const noteFailure = (error: unknown) => {
    failures.push(error);
    throw error;
  };
  await new Listr(
    wanted.map((name) => task(name, noteFailure)),
    { concurrent: true, exitOnError: false },
  ).run();
  console.log(`${wanted.length} programs, ${failures.length} failed, ${minutes((Date.now() - started) / 1000)}`);
  if (failures.length > 0) throw failures[0];
}

function task(name: BinaryName, noteFailure: (error: unknown) => never): ListrTask {
  const { version, seconds } = binaries[name];
  return {
    title: `${name} ${version} (about ${minutes(seconds)} the first time)`,
    task: async (_, task) => {
      // One line for each package: only where the next one takes its place.
      const progress = (line: string) => (task.output = line);
      const built = await obtainBinary(name, process.stdout.isTTY ? { progress } : {}).catch(noteFailure);
      const how = built.origin === "built" ? "built" : "was there";
      task.title = `${name} ${version}: ${how}, ${mebibytes(await sizeOf(built))}`;
    },
  };
}

function known(name: string): BinaryName {
  const found = binaryNames.find((candidate) => candidate === name);
  if (found !== undefined) return found;
  throw new ToolchainError({
    path: "toolchain build",
    value: name,
    reason: "no such program",
    remedy: `write one of ${binaryNames.join(", ")}`,
  });
}
