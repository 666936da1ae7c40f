/** Where something was written. Lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type Scalar = string | number | boolean | null;

/** A value of a YAML file that knows where it was written. */
export type Node =
  | { readonly is: "map"; readonly at: Place; readonly entries: ReadonlyMap<string, Entry> }
  | { readonly is: "list"; readonly at: Place; readonly items: readonly Node[] }
  | { readonly is: "scalar"; readonly at: Place; readonly value: Scalar }
  /** Its value is known where the Collector runs, and not here: `${env:TOKEN}`. No rule judges it. */
  | { readonly is: "unknown"; readonly at: Place; readonly text: string };

/** A key of a map, and what follows it. */
export interface Entry {
  readonly at: Place;
  readonly value: Node;
}

/** Keys of a map in the order in which they were written. Anything else has none. */
export const entries = (node: Node | undefined): [string, Entry][] => (node?.is === "map" ? [...node.entries] : []);

export const items = (node: Node | undefined): readonly Node[] => (node?.is === "list" ? node.items : []);

/** The key at a path, with the place of the key. */
export function entry(node: Node | undefined, ...path: string[]): Entry | undefined {
  let found: Entry | undefined;
  let inside = node;
  for (const key of path) {
    found = inside?.is === "map" ? inside.entries.get(key) : undefined;
    inside = found?.value;
  }
  return found;
}

export const child = (node: Node | undefined, ...path: string[]): Node | undefined => entry(node, ...path)?.value;

/** Whether a key is there, with a value or without one: `grpc:` turns a protocol on. */
export const has = (node: Node | undefined, ...path: string[]): boolean => entry(node, ...path) !== undefined;

/** A text or a number as text; undefined where there is none, or where it is not known here. */
export function text(node: Node | undefined): string | undefined {
  if (node?.is !== "scalar" || node.value === null) return undefined;
  return String(node.value);
}

/** A text as far as it is known: references to the environment stay as they were written. */
export const partlyKnown = (node: Node | undefined): string | undefined =>
  node?.is === "unknown" ? node.text : text(node);

/** A number, also where it was written as text, which the Collector takes as well. */
export function number(node: Node | undefined): number | undefined {
  const written = text(node);
  if (written === undefined || written.trim() === "") return undefined;
  const value = Number(written);
  return Number.isFinite(value) ? value : undefined;
}

export function flag(node: Node | undefined): boolean | undefined {
  const written = text(node);
  return written === "true" ? true : written === "false" ? false : undefined;
}

const unitsOfTime: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1e3,
  m: 60e3,
  h: 3600e3,
};

/**
 * A duration of Go in milliseconds: `1h30m`, `200ms`, `0`.
 * Source: https://pkg.go.dev/time#ParseDuration
 */
export function milliseconds(node: Node | undefined): number | undefined {
  const written = text(node);
  if (node?.is !== "scalar" || written === undefined) return undefined;
  // A bare number is one of nanoseconds: `check_interval: 1`.
  if (typeof node.value === "number") return node.value / 1e6;
  if (written === "0") return 0;
  if (!/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(written)) return undefined;
  return [...written.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * unitsOfTime[unit!]!,
    0,
  );
}

/** Whether some value below is known only where the Collector runs. */
export const isKnown = (node: Node | undefined): boolean => node?.is !== "unknown";
