import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { isEncrypted, readStackFile } from "../configs/stack-file";
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
}

/** Finds the workspace of this user, and makes it on first use. */
export function workspace(env: NodeJS.ProcessEnv = process.env, home = homedir()): Workspace {
  const directory = join(env["XDG_DATA_HOME"] || join(home, ".local", "share"), "sightline");
  const state = join(directory, "state");
  mkdirSync(state, { recursive: true, mode: 0o700 });
  return {
    directory,
    env: isLoggedIn(env, home) ? {} : { PULUMI_BACKEND_URL: `file://${state}`, ...passphrase(directory, env) },
    configFile: (stack) => join(directory, `Pulumi.${stack}.yaml`),
  };
}

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
  const prefixed = Object.entries(overrides).map(([key, value]) => [`sightline:${key}`, value] as const);
  const config = Object.fromEntries([...Object.entries(committed.config ?? {}), ...own, ...prefixed]);
  writeFileSync(file, stringify({ ...committed, ...(salt && { encryptionsalt: salt }), config }), { mode: 0o600 });
}

const encrypted = ({ config = {} }: StackFile): Raw =>
  Object.fromEntries(Object.entries(config).filter(([, value]) => isEncrypted(value)));

/** Secrets that a user has set for a stack with `sightline pulumi config set --secret`, still encrypted. */
export const ownSecrets = (file: string): Raw =>
  existsSync(file) ? encrypted((parse(readFileSync(file, "utf8")) ?? {}) as StackFile) : {};
