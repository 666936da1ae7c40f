import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { stringify } from "yaml";
import { rawSettings } from "../configs/stack-file";
import { Refusal } from "../components/core/problems";
import { ToolchainError } from "../toolchain/error";
import { obtainPulumi, type PluginName, type PulumiCommand } from "../toolchain/pulumi";
import { deployedState, runs } from "./deployed-state";
import { withoutHint } from "./pulumi-hint";
import { workspace, type Workspace } from "./workspace";

export const root = join(__dirname, "..");

/** Pulumi, pointed at one stack of this user. */
export interface Stack {
  readonly name: string;
  readonly workspace: Workspace;
  readonly pulumi: PulumiCommand;
  /** Runs a Pulumi command in the foreground; gives its exit code. */
  run(...args: readonly string[]): Promise<number>;
  /** The same, until a signal: then the command is asked to end, and notes what it has done so far. */
  runUntil(giveUp: AbortSignal, ...args: readonly string[]): Promise<number>;
  /** Runs a Pulumi command and gives what it prints; undefined where it fails. */
  read(...args: readonly string[]): Promise<string | undefined>;
  /** Runs a Pulumi command and gives all that it prints, however it ends. */
  ask(...args: readonly string[]): Promise<Answer>;
}

/** How a command ended. */
export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Commands that run the program, and so read its settings. */
const withProgram = ["up", "update", "preview", "pre", "refresh", "destroy", "watch", "config"];

/** A stack by name, whether it exists or not. */
export async function openStack(
  name: string,
  report?: (line: string) => void,
  home: Workspace = workspace(),
): Promise<Stack> {
  const pulumi = await obtainPulumi({ plugins: pluginsOf(name), ...(report && { report }) });
  // Without it, Pulumi knows no stack by its short name.
  writeFileSync(join(home.directory, "Pulumi.yaml"), stringify({ name: "sightline", runtime: "nodejs" }), {
    mode: 0o600,
  });
  const env = { ...pulumi.env, ...home.env };
  // Commands on the state alone run beside the copy of the settings: some of them write a key into the file they find.
  const place = ([command = "", ...rest]: readonly string[]) => {
    if (!withProgram.includes(command)) return ["--cwd", home.directory];
    const file = rest.includes("--config-file") ? [] : ["--config-file", home.configFile(name)];
    return ["--stack", name, "--cwd", root, ...file];
  };
  const ask = async (...args: readonly string[]): Promise<Answer> => {
    const done = await privately(() =>
      execa(pulumi.command, [...args, ...place(args)], { env, reject: false, stdin: "ignore" }),
    );
    return { code: done.exitCode ?? 1, stdout: done.stdout, stderr: done.stderr };
  };
  const runUntil: Stack["runUntil"] = async (giveUp, ...args) => {
    // What asks keeps its terminal whole.
    const stdout = args[0] === "destroy" && args.includes("--yes") ? ([withoutHint, "inherit"] as const) : "inherit";
    const running = privately(() =>
      execa(pulumi.command, [...args, ...place(args)], {
        env,
        reject: false,
        stdin: "inherit",
        stdout,
        stderr: "inherit",
      }),
    );
    giveUp.addEventListener("abort", () => running.kill("SIGINT"), { once: true });
    return (await running).exitCode ?? 1;
  };
  return {
    name,
    workspace: home,
    pulumi,
    run: (...args) => runUntil(new AbortController().signal, ...args),
    runUntil,
    read: async (...args) => {
      const { code, stdout } = await ask(...args);
      return code === 0 ? stdout : undefined;
    },
    ask,
  };
}

/** Starts a process that writes files for this user alone: state is as good as a password. */
function privately<T>(start: () => T): T {
  const before = process.umask(0o077);
  try {
    return start();
  } finally {
    process.umask(before);
  }
}

/** Providers that a stack's settings ask for. */
const pluginsOf = (name: string): readonly PluginName[] =>
  rawSettings(name)["platform"] === "kubernetes" ? ["kubernetes", "random"] : ["docker", "random"];

/**
 * Whether a stack has been brought up, by this clone or another one of the same user.
 *
 * @throws ToolchainError where the backend does not say
 */
export async function exists({ name, ask }: Pick<Stack, "name" | "ask">): Promise<boolean> {
  const { code, stderr } = await ask("stack", "export", "--stack", name);
  if (code === 0) return true;
  if (/no stack named/.test(stderr)) return false;
  throw new ToolchainError({
    path: "Pulumi backend",
    reason: `cannot tell whether stack ${name} exists: ${stderr.trim().split("\n").at(-1) ?? ""}`,
    remedy: "check PULUMI_BACKEND_URL, PULUMI_ACCESS_TOKEN and PULUMI_CONFIG_PASSPHRASE, and `pulumi whoami --verbose`",
  });
}

/** Makes a stack on first use. `stack init` writes a key into the settings beside it, which are the user's copy. */
export async function ensure(stack: Stack): Promise<void> {
  const { name, run } = stack;
  if ((await exists(stack)) || (await run("stack", "init", name, "--no-select", "--non-interactive")) === 0) return;
  throw new ToolchainError({
    path: "stack",
    value: name,
    reason: "Pulumi could not create it",
    remedy: "read its output above, and check the backend with `pulumi whoami --verbose`",
  });
}

/** Outputs of a stack that is up, secrets in clear; undefined where it is not. */
export async function outputsOf(stack: Pick<Stack, "name" | "read">): Promise<Record<string, unknown> | undefined> {
  const { name, read } = stack;
  if (!runs(await deployedState(stack))) return undefined;
  const text = await read("stack", "output", "--json", "--show-secrets", "--stack", name);
  return text === undefined ? undefined : (JSON.parse(text) as Record<string, unknown>);
}

/** Where a command needs a stack that runs. */
export const notUp = (name: string): Refusal =>
  new Refusal("stack", [
    { path: "stack", value: name, reason: "the stack is not up", remedy: `run \`npm run up -- -s ${name}\` first` },
  ]);
