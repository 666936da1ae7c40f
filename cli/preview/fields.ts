/** Arguments of a resource, as Pulumi wrote them down. */
export type Inputs = Readonly<Record<string, unknown>>;

/** Deeper than this, a path says no more to a reader. */
const depth = 3;

/**
 * Paths of what differs: those the provider named, or else those found by comparing. A replacement that follows from
 * another one has none of the provider's.
 */
export function fieldsOf(before: Inputs = {}, after: Inputs = {}, named: readonly string[] = []): string[] {
  const found = named.length > 0 ? named.map(withoutIndexes) : differing(before, after);
  return [...new Set(found.map(short))].sort();
}

function differing(before: unknown, after: unknown, path: readonly string[] = []): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (path.length >= depth || !isObject(before) || !isObject(after)) return [joined(path)];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => key !== "__defaults");
  return keys.flatMap((key) => differing(before[key], after[key], [...path, key]));
}

export const isObject = (value: unknown): value is Inputs =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A path as Pulumi writes it: keys with dots stand in brackets, `metadata.labels["app.kubernetes.io/version"]`. */
export const joined = (path: readonly string[]): string =>
  path.map((key, i) => (/[.[]/.test(key) ? `["${key}"]` : i === 0 ? key : `.${key}`)).join("");

const withoutIndexes = (path: string): string => path.replaceAll(/\[\d+\]/g, "");

const short = (path: string): string => (path.match(/\["[^"]*"\]|\.?[^.[]+/g) ?? []).slice(0, depth).join("");
