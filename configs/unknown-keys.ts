import { z } from "zod";
import type { Problem } from "../components/core/problems";

/** Settings as they stand in a file, before they are checked. */
export type Raw = Readonly<Record<string, unknown>>;

/** Every key no setting is called by, at any depth, with the nearest one that exists. */
export function unknownKeys(schema: z.ZodType, raw: unknown, path = ""): Problem[] {
  const object = unwrapped(schema);
  if (object instanceof z.ZodArray && Array.isArray(raw)) {
    return raw.flatMap((item, i) => unknownKeys(object.element as z.ZodType, item, `${path}${i}.`));
  }
  if (!(object instanceof z.ZodObject) || object.def.catchall instanceof z.ZodUnknown || !isRecord(raw)) return [];
  const known = Object.keys(object.shape);
  return Object.entries(raw).flatMap(([key, value]) => {
    const inner = object.shape[key] as z.ZodType | undefined;
    return inner === undefined ? [unknown(path + key, key, known)] : unknownKeys(inner, value, `${path}${key}.`);
  });
}

function unknown(path: string, key: string, known: readonly string[]): Problem {
  const [nearest] = [...known].sort((a, b) => distance(key, a) - distance(key, b));
  const close = nearest !== undefined && distance(key, nearest) <= 3;
  return {
    path,
    reason: "unknown setting",
    remedy: close ? `did you mean ${nearest}?` : `use one of ${known.join(", ")}`,
  };
}

function unwrapped(schema: z.ZodType): z.ZodType {
  const { innerType } = schema.def as { innerType?: z.ZodType };
  return innerType === undefined ? schema : unwrapped(innerType);
}

const isRecord = (value: unknown): value is Raw => typeof value === "object" && value !== null && !Array.isArray(value);

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}
