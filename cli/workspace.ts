import { randomBytes } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { isEncrypted, isEncryptedMap, readStackFile } from "../configs/stack-file";
import type { Raw } from "../configs/unknown-keys";

/**
 * Where a user's stacks live: state, passphrase and a copy of each stack's settings. Every clone of the project shares
 * it, so one can take down what another brought up, and the committed files stay as they are.
 */
export interface Workspace {
  readonly directory: string;
  /** Environment for Pulumi. Empty where the user has chosen a backend. */
  readonly env: Readonly<Record<string, string>>;
  /** File that holds the settings Pulumi reads for a stack. */
  configFile(stack: string): string;
  /** File that holds the settings a preview reads: no preview changes the copy. */
  previewFile(stack: string): string;
  /** File that holds what `up` has found on the machine that the stack runs on. */
  machineFile(stack: string): string;
}

/** Finds the workspace of this user, and makes it on first use. */
export function workspace(env: NodeJS.ProcessEnv = process.env, home = homedir()): Workspace {
  const directory = join(env["XDG_DATA_HOME"] || join(home, ".local", "share"), "sightline");
  const state = join(directory, "state");
  mkdirSync(state, { recursive: true, mode: 0o700 });
  return {
    directory,
    env: isLoggedIn(env, home) ? {} : { PULUMI_BACKEND_URL: `file://${state}`, ...passphrase(directory, env) },
    ...filesIn(directory),
  };
}

/**
 * A workspace with nothing in it, for a preview of what is not up yet.
 *
 * @param settings in the form of the stack's file; a secret is its name, since the key may not be here
 */
export function emptyWorkspace(directory: string, stack: string, settings: Raw): Workspace {
  const state = join(directory, "state");
  mkdirSync(state, { recursive: true });
  const files = filesIn(directory);
  writeFileSync(files.configFile(stack), stringify({ config: prefixed(settings) }));
  return {
    directory,
    env: { PULUMI_BACKEND_URL: `file://${state}`, PULUMI_CONFIG_PASSPHRASE: "" },
    ...files,
    previewFile: files.configFile,
  };
}

const filesIn = (directory: string): Pick<Workspace, "configFile" | "previewFile" | "machineFile"> => ({
  configFile: (stack) => join(directory, `Pulumi.${stack}.yaml`),
  previewFile: (stack) => join(directory, `preview.${stack}.yaml`),
  machineFile: (stack) => join(directory, `machine.${stack}.json`),
});

/** Whether the user has chosen where Pulumi keeps state: by environment, or by `pulumi login`. */
function isLoggedIn(env: NodeJS.ProcessEnv, home: string): boolean {
  if (env["PULUMI_BACKEND_URL"] || env["PULUMI_ACCESS_TOKEN"]) return true;
  const credentials = join(env["PULUMI_HOME"] || join(home, ".pulumi"), "credentials.json");
  if (!existsSync(credentials)) return false;
  const { current } = JSON.parse(readFileSync(credentials, "utf8")) as { current?: string };
  return Boolean(current);
}

function passphrase(directory: string, env: NodeJS.ProcessEnv): Record<string, string> {
  if (env["PULUMI_CONFIG_PASSPHRASE"] !== undefined || env["PULUMI_CONFIG_PASSPHRASE_FILE"] !== undefined) return {};
  const file = join(directory, "passphrase");
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600 });
  return { PULUMI_CONFIG_PASSPHRASE_FILE: file };
}

interface StackFile {
  readonly encryptionsalt?: string;
  readonly secretsprovider?: string;
  readonly encryptedkey?: string;
  readonly config?: Raw;
}

/**
 * Writes the user's copy of a stack's settings: the committed ones with `overrides` on top. The key that encrypts its
 * secrets stays in the copy, unless the committed file has one of its own.
 */
export function writeConfig(file: string, stack: string, overrides: Raw): void {
  const committed = (parse(readStackFile(stack)) ?? {}) as StackFile;
  const copy = existsSync(file) ? ((parse(readFileSync(file, "utf8")) ?? {}) as StackFile) : {};
  const salt = committed.encryptionsalt ?? copy.encryptionsalt;
  const own = committed.encryptionsalt === undefined ? Object.entries(encrypted(copy)) : [];
  const config = { ...committed.config, ...Object.fromEntries(own), ...prefixed(overrides) };
  writeFileSync(file, stringify({ ...committed, ...(salt && { encryptionsalt: salt }), config }), { mode: 0o600 });
}

/** Writes the settings that a preview reads, with the key of the user's copy. */
export function writePreviewConfig({ configFile, previewFile }: Workspace, stack: string, overrides: Raw): void {
  if (existsSync(configFile(stack))) copyFileSync(configFile(stack), previewFile(stack));
  writeConfig(previewFile(stack), stack, overrides);
}

/** Keys as they stand in a stack's file. */
const prefixed = (settings: Raw): Raw =>
  Object.fromEntries(Object.entries(settings).map(([key, value]) => [`sightline:${key}`, value]));

const encrypted = ({ config = {} }: StackFile): Raw =>
  Object.fromEntries(Object.entries(config).filter(([, value]) => isEncrypted(value) || isEncryptedMap(value)));

/** Secrets that a user has set for a stack with `sightline pulumi config set --secret`, still encrypted. */
export const ownSecrets = (file: string): Raw =>
  existsSync(file) ? encrypted((parse(readFileSync(file, "utf8")) ?? {}) as StackFile) : {};
