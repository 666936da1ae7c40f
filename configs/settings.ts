import * as pulumi from "@pulumi/pulumi";
import { settingsFrom, type Settings, type schema } from "./schema";
import { secretSettings } from "./secret-settings";

/**
 * Settings of the stack that runs: the only reader of Pulumi's configuration.
 *
 * @throws Refusal with every problem
 */
export function settings(): Settings {
  const config = new pulumi.Config();
  const prefix = `${config.name}:`;
  const keys = Object.keys(pulumi.runtime.allConfig())
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
  return settingsFrom(pulumi.getStack(), Object.fromEntries(keys.map((key) => [key, read(config, key)])));
}

/** Pulumi hands everything over as text; whatever is not meant to be text is JSON. */
function read(config: pulumi.Config, key: string): unknown {
  if (secrets.has(key)) return config.getSecret(key);
  const text = config.require(key);
  if (texts.has(key)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const secrets: ReadonlySet<string> = new Set(secretSettings);
const texts: ReadonlySet<string> = new Set<keyof typeof schema.shape>([
  "name",
  "dockerHost",
  "otlpAddress",
  "uiAddress",
  "sampling",
  "registry",
]);
