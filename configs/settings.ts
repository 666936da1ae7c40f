import * as pulumi from "@pulumi/pulumi";
import { textSettings } from "./declared";
import { tokenForms } from "./otlp-tokens";
import { secretMaps, secretSettings } from "./schema";
import { settingsFrom, type Settings } from "./settings-from";

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
  const tokens = plain(pulumi.runtime.allConfig()[`${prefix}otlpTokens`]);
  return settingsFrom(
    pulumi.getStack(),
    Object.fromEntries(keys.map((key) => [key, read(config, key)])),
    tokenForms(tokens),
  );
}

/** Pulumi hands everything over as text; whatever is not meant to be text is JSON. */
function read(config: pulumi.Config, key: string): unknown {
  if (maps.has(key)) return eachSecret(pulumi.runtime.allConfig()[`${config.name}:${key}`]);
  if (secrets.has(key)) return config.getSecret(key);
  const text = config.require(key);
  if (texts.has(key)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Names are no secrets: a stack is refused for one that is missing before anything is asked for. */
function eachSecret(text: string | undefined): unknown {
  return Object.fromEntries(Object.entries(plain(text)).map(([name, value]) => [name, pulumi.secret(value)]));
}

const plain = (text = "{}") => JSON.parse(text) as Readonly<Record<string, unknown>>;

const maps: ReadonlySet<string> = new Set(secretMaps);
const secrets: ReadonlySet<string> = new Set(secretSettings);
const texts: ReadonlySet<string> = new Set(textSettings);
