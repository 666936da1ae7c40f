import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, YAMLParseError } from "yaml";
import { refuse, Refusal, type Problem } from "../components/core/problems";
import { settingsFrom, type Settings } from "./schema";
import { secretSettings } from "./secret-settings";
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
    .filter((key) => raw[key] !== undefined && !String(raw[key]).startsWith("<secret "))
    .map((path) => ({
      path,
      reason: "a secret in clear",
      remedy: `take it out of the file, and \`npm run sightline -- pulumi -s ${stack} config set --secret ${path}\``,
    }));

/** Content of `Pulumi.<stack>.yaml`, keys without the project's prefix. */
export function rawSettings(stack: string, own: Raw = {}): Raw {
  const { config = {} } = (parseYaml(`Pulumi.${stack}.yaml`, readStackFile(stack)) ?? {}) as { config?: Raw };
  return Object.fromEntries(
    Object.entries({ ...own, ...config }).map(([key, value]) => [
      key.replace(/^sightline:/, ""),
      isEncrypted(value) ? placeholder(key) : value,
    ]),
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
    const remedy = "mend that line; Pulumi.dev.yaml and Pulumi.prod.yaml have examples";
    throw new Refusal("stack", [{ path: file, reason: `not YAML: ${reason}`, remedy }]);
  }
}

/**
 * Text of the committed `Pulumi.<stack>.yaml`.
 *
 * @throws Refusal where there is none
 */
export function readStackFile(stack: string): string {
  const file = `Pulumi.${stack}.yaml`;
  try {
    return readFileSync(join(root, file), "utf8");
  } catch {
    throw new Refusal("stack", [
      {
        path: "stack",
        value: stack,
        reason: `there is no ${file}`,
        remedy: "use dev, prod or trial, or copy Pulumi.dev.yaml or Pulumi.prod.yaml to that name",
      },
    ]);
  }
}

/** Whether a value of a stack file is a secret that only the engine can read. */
export const isEncrypted = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "secure" in value;
const placeholder = (key: string): string => `<secret ${key}>`;
