import { format } from "prettier";
import { parseDocument } from "yaml";
import type { Shortfall } from "../../components/capacity/shortfalls";
import type { Settings } from "../../configs/settings-from";

/** What becomes of a setting that is too small for the traffic of its stack. */
export interface Sized extends Shortfall {
  /** Whether the stack's file leaves it out, so that a value for it can be added. */
  readonly open: boolean;
}

/** Settings that have no default for each of their parts: one part is written together with the others. */
const whole: readonly string[] = ["storage"];

/** Which shortfalls the text of a stack file leaves open, and which have a value that its author wrote. */
export function sized(text: string, shortfalls: readonly Shortfall[]): Sized[] {
  const document = parseDocument(text);
  return shortfalls.map((shortfall) => {
    const keys = keysOf(shortfall.path);
    const written = whole.includes(shortfall.path.split(".")[0]!) ? keys.slice(0, 2) : keys;
    return { ...shortfall, open: shortfall.needs !== undefined && !document.hasIn(written) };
  });
}

/** The text of a stack file with a value for each setting that it leaves open. Comments stay. */
export async function withSizes(text: string, all: readonly Sized[], settings: Settings): Promise<string> {
  const document = parseDocument(text);
  for (const { path, needs, open } of all) {
    if (!open) continue;
    const [name = ""] = path.split(".");
    const top = keysOf(name);
    if (whole.includes(name) && !document.hasIn(top)) {
      document.setIn(top, document.createNode(settings[name as keyof Settings]));
    }
    document.setIn(keysOf(path), needs);
  }
  return format(document.toString({ lineWidth: 0 }), { parser: "yaml" });
}

/** `storage.size` as it stands in a stack file. */
const keysOf = (path: string): string[] => {
  const [name = "", ...rest] = path.split(".");
  return ["config", `sightline:${name}`, ...rest];
};
