import type { Problem } from "../core/problems";
import { inBytes, inMilliseconds, type Duration, type Size } from "../core/units";

/** What is wrong with the value of an option; undefined where nothing is. */
export type Check = (value: unknown) => Pick<Problem, "reason" | "remedy"> | undefined;

/** One check for each option of a backend: the compiler asks for all of them, and none else is known. */
export type Checks<Options> = { readonly [K in keyof Required<Options>]: Check };

/**
 * Checks the options of a backend. They may come from a settings file, where no compiler has looked: keys may be
 * unknown and values of any type.
 */
export function check<Options extends object>(options: Options, checks: Checks<Options>): Problem[] {
  const known = Object.entries<Check>(checks);
  const names = known.map(([name]) => name);
  const given = new Map<string, unknown>(Object.entries(options));
  return [
    ...[...given.keys()]
      .filter((key) => key !== "kind" && !names.includes(key))
      .map((key) => ({ path: key, reason: "unknown option", remedy: `use ${["kind", ...names].join(", ")}` })),
    ...known.flatMap(([path, wrong]) => {
      const value = given.get(path);
      const problem = wrong(value);
      return problem === undefined ? [] : [{ path, ...(value !== undefined && { value }), ...problem }];
    }),
  ];
}

/** The option may be left out. */
export const optional =
  (wrong: Check): Check =>
  (value) =>
    value === undefined ? undefined : wrong(value);

export const size: Check = (value) =>
  typeof value === "string" && inBytes(value as Size) > 0
    ? undefined
    : { reason: value === undefined ? "missing" : "not a size", remedy: 'write it with its unit, as "20 GiB"' };

export const duration: Check = (value) =>
  typeof value === "string" && inMilliseconds(value as Duration) > 0
    ? undefined
    : { reason: "not a length of time", remedy: 'write it with its unit, as "72h" or "7d"' };

export const flag: Check = (value) =>
  typeof value === "boolean" ? undefined : { reason: "neither true nor false", remedy: "write true or false" };

export const count: Check = (value) =>
  typeof value === "number" && Number.isSafeInteger(value) && value > 0
    ? undefined
    : { reason: "not a whole number above zero", remedy: "write one" };
