import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, YAMLParseError } from "yaml";
import { refuse, Refusal, type Problem } from "../components/core/problems";
import { secretMaps, secretSettings } from "./schema";
import { settingsFrom, type Settings } from "./settings-from";
import type { Raw } from "./unknown-keys";

const root = join(__dirname, "..");

/** Stacks whose settings are in the repository. */
export const committedStacks = ["dev", "prod", "trial"] as const;

/**
 * Settings of a stack read from its committed file, for commands that run without Pulumi. A secret is a placeholder that
 * names it: only the engine can decrypt.
 *
 * @param own settings of a user, in the form of the file, that are not committed
 * @throws Refusal with every problem
 */
export function settingsOfStack(stack: string, own: Raw = {}): Settings {
  const raw = rawSettings(stack, own);
  refuse(`settings of stack "${stack}"`, inClear(stack, raw));
  return settingsFrom(stack, raw);
}

/** Secrets that stand in the file for everybody to read. */
const inClear = (stack: string, raw: Raw): Problem[] =>
  secretSettings
    .filter((key) => raw[key] !== undefined && !isPlaceholder(raw[key]))
    .map((path) => ({
      path,
      reason: "a secret in plain text",
      remedy: `remove it from the file and run \`npm run sightline -- pulumi -s ${stack} config set --secret ${secretMaps.includes(path) ? `--path ${path}.<name>` : path}\``,
    }));

/** Content of `Pulumi.<stack>.yaml`, keys without the project's prefix. */
export function rawSettings(stack: string, own: Raw = {}): Raw {
  const { config = {} } = (parseYaml(`Pulumi.${stack}.yaml`, readStackFile(stack)) ?? {}) as { config?: Raw };
  return Object.fromEntries(
    Object.entries({ ...own, ...config }).map(([key, value]) => [key.replace(/^sightline:/, ""), sealed(key, value)]),
  );
}

/**
 * What YAML says.
 *
 * @param file where it stands, for the message
 * @throws Refusal where it is not YAML, with the line
 */
export function parseYaml(file: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    const [reason = ""] = error.message.split(":\n");
    const remedy = "fix that line; see Pulumi.dev.yaml and Pulumi.prod.yaml for examples";
    throw new Refusal("stack", [{ path: file, reason: `not YAML: ${reason}`, remedy }]);
  }
}

/** Where the committed settings of a stack stand. */
export const stackFile = (stack: string): string => join(root, `Pulumi.${stack}.yaml`);

/**
 * Text of the committed `Pulumi.<stack>.yaml`.
 *
 * @throws Refusal where there is none
 */
export function readStackFile(stack: string): string {
  try {
    return readFileSync(stackFile(stack), "utf8");
  } catch {
    throw new Refusal("stack", [
      {
        path: "stack",
        value: stack,
        reason: `there is no Pulumi.${stack}.yaml`,
        remedy: "use dev, prod or trial, or copy Pulumi.dev.yaml or Pulumi.prod.yaml to that name",
      },
    ]);
  }
}

/** Whether a value of a stack file is a secret that only the engine can read. */
export const isEncrypted = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "secure" in value;

/** A value with placeholders for what in it is encrypted, as a map of secrets may be by its values. */
const sealed = (key: string, value: unknown): unknown => {
  if (isEncrypted(value)) return placeholder(key);
  return isEncryptedMap(value)
    ? Object.fromEntries(Object.keys(value).map((name) => [name, placeholder(`${key}.${name}`)]))
    : value;
};
/** Whether a value is a map that holds secrets alone. */
export const isEncryptedMap = (value: unknown): value is Raw =>
  typeof value === "object" &&
  value !== null &&
  !isEncrypted(value) &&
  Object.values(value).length > 0 &&
  Object.values(value).every(isEncrypted);

const placeholder = (key: string): string => `<secret ${key}>`;
const isPlaceholder = (value: unknown): boolean =>
  typeof value === "object" && value !== null
    ? Object.values(value).every(isPlaceholder)
    : String(value).startsWith("<secret ");
