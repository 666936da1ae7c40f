import { isDeepStrictEqual } from "node:util";
import type { Problem } from "./problems";
import type { Needs } from "./workload";

const maps = ["env", "files", "volumes", "ports"] as const;
const lists = ["connects", "externals", "access", "first"] as const;

/**
 * Adds up what several parts ask of one workload. Two parts may ask for the same thing; asking for two different things
 * under one key is a problem.
 */
export function merge(...parts: readonly (Needs | undefined)[]): { needs: Required<Needs>; problems: Problem[] } {
  const total = { env: {}, files: {}, volumes: {}, ports: {}, connects: [], externals: [], access: [], first: [] } as {
    [K in (typeof maps)[number]]: Record<string, unknown>;
  } & { [K in (typeof lists)[number]]: unknown[] };
  const problems: Problem[] = [];
  for (const part of parts) {
    for (const map of maps) {
      for (const [key, value] of Object.entries(part?.[map] ?? {})) {
        if (key in total[map] && !isDeepStrictEqual(total[map][key], value)) {
          problems.push({
            path: `${map}.${key}`,
            reason: "two components require different values",
            remedy: "give both the same value",
          });
        }
        total[map][key] = value;
      }
    }
    for (const list of lists) {
      const known = total[list];
      for (const item of part?.[list] ?? []) {
        if (!known.some((other) => isDeepStrictEqual(other, item))) known.push(item);
      }
    }
  }
  return { needs: total as Required<Needs>, problems };
}
