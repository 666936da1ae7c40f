import { Refusal } from "../../components/core/problems";
import { settingsFrom, type Settings } from "../../configs/settings-from";
import { z } from "zod";

/** Settings of the last update that went through, or why they are not known. */
export type Deployed = { readonly settings: Settings } | { readonly unknown: string };

const history = z.array(
  z.object({
    kind: z.string(),
    result: z.string(),
    config: z.record(z.string(), z.object({ value: z.string().optional(), secret: z.boolean() })).default({}),
  }),
);

/** Reads `pulumi stack history --json`, newest first. */
export function deployedSettings(stack: string, text: string | undefined): Deployed {
  const updates = text === undefined ? [] : history.parse(JSON.parse(text));
  const last = updates.find(({ kind, result }) => kind === "update" && result === "succeeded");
  if (last === undefined) return { unknown: "no update of this stack is on record, so its settings are not compared" };
  const config = Object.entries(last.config).map(([key, { value, secret }]) => [
    key,
    // A value that is not there counts as one that did not change.
    secret || value === undefined ? hidden(key) : value,
  ]);
  return readSettings(stack, Object.fromEntries(config) as Record<string, string>);
}

/** What stands for a secret. Names in a map of them are not on record; that there is a token is known. */
const hidden = (key: string): string => (key === "sightline:otlpTokens" ? '{"deployed":"<secret>"}' : "<secret>");

/** Settings from texts, as Pulumi keeps them. */
export function readSettings(stack: string, config: Readonly<Record<string, string>>): Deployed {
  const own = Object.entries(config).filter(([key]) => key.startsWith("sightline:"));
  const raw = own.map(([key, text]) => [key.slice("sightline:".length), valueOf(text)]);
  try {
    return { settings: settingsFrom(stack, Object.fromEntries(raw)) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { unknown: `the settings of the last update are not compared: ${error.problems[0]?.path} is not known now` };
  }
}

/** Lists, objects, numbers and switches are JSON; all else is text. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
