import type { Entry, Node } from "./node";

/**
 * Several files of one process, as the Collector merges them: maps by key, everything else is replaced by the later.
 * Source: https://opentelemetry.io/docs/collector/configuration/#location
 */
export function merge(first: Node, second: Node): Node {
  if (first.is !== "map" || second.is !== "map") return second;
  const merged = new Map<string, Entry>(first.entries);
  for (const [key, entry] of second.entries) {
    const before = merged.get(key);
    merged.set(key, before ? { at: entry.at, value: merge(before.value, entry.value) } : entry);
  }
  return { is: "map", at: first.at, entries: merged };
}
