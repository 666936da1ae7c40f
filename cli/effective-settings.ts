import { overridden, rawOverrides, type Override } from "../configs/overrides";
import type { Settings } from "../configs/settings-from";
import { rawSettings, settingsOfStack } from "../configs/stack-file";
import type { Raw } from "../configs/unknown-keys";
import { knownOverrides } from "./machine";
import { ownSecrets, workspace, type Workspace } from "./workspace";

/** Where the value of a setting comes from. */
export type Origin = "default" | "file" | "secret" | "machine";

/** Settings of a stack, as every command reads them. A secret is a placeholder that names it. */
export interface EffectiveSettings {
  /** What the committed file and the user's secrets ask for, on whatever machine. */
  readonly asked: Settings;
  /** What of it runs from here. */
  readonly settings: Settings;
  /** Why the two differ, where they do. */
  readonly overrides: readonly Override[];
  /** The effective ones in the form of `Pulumi.<stack>.yaml`, without defaults. */
  readonly raw: Raw;
  /** By key. */
  readonly origins: Readonly<Record<string, Origin>>;
}

/**
 * Reads the settings of a stack: its committed file, what this machine is known to have instead, and the names of the
 * secrets that the user has set. The one reader of settings outside of Pulumi.
 *
 * @throws Refusal with every problem
 */
export function effectiveSettings(stack: string, home: Workspace = workspace()): EffectiveSettings {
  const own = ownSecrets(home.configFile(stack));
  const asked = settingsOfStack(stack, own);
  const { settings, overrides } = overridden(asked, knownOverrides(stack, asked, home));
  const [file, written] = [rawSettings(stack), rawSettings(stack, own)];
  const changed = rawOverrides(settings, overrides);
  const originOf = (key: keyof Settings): Origin => {
    if (key in changed) return "machine";
    return key in written ? (key in file ? "file" : "secret") : "default";
  };
  return {
    asked,
    settings,
    overrides,
    raw: { ...written, ...changed },
    origins: Object.fromEntries((Object.keys(settings) as (keyof Settings)[]).map((key) => [key, originOf(key)])),
  };
}
