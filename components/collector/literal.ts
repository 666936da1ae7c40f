import type { Value } from "../core/config";

/**
 * Text as it is meant: the Collector reads `$` as the start of a reference, and `$$` as one dollar. For conditions,
 * statements and regular expressions, which use dollars of their own. Source: confmap/README.md of the Collector.
 */
export const literal = (text: string): string => text.replaceAll("$", () => "$$");

/** All texts in a value, as they are meant. */
export function literals(value: Value): Value {
  if (typeof value === "string") return literal(value);
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map(literals);
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, literals(held)]));
}

const isList = (value: object): value is readonly Value[] => Array.isArray(value);
