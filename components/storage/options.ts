import type { Problem } from "../core/problems";
import { inBytes, inMilliseconds, inSeconds, isDuration, type Duration, type Size } from "../core/units";

/** What is wrong with a value. Paths are relative to it; its own is empty. */
export type Check = (value: unknown) => readonly Problem[];

/** One check for each option: the compiler asks for all of them, and none else is known. */
export type Checks<Options> = { readonly [K in keyof Required<Options>]: Check };

/**
 * Checks the options of a backend. They may come from a settings file, where no compiler has looked: keys may be
 * unknown and values of any type.
 */
export const check = <Options extends object>(options: Options, checks: Checks<Options>): Problem[] =>
  checkKeys(options, checks, ["kind"]);

/** Options held by an option. */
export const object =
  <Options extends object>(checks: Checks<Options>, example: string): Check =>
  (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? checkKeys(value, checks, [])
      : wrong(value, value === undefined ? "missing" : "not an object", `write ${example}`);

function checkKeys<Options>(options: object, checks: Checks<Options>, others: readonly string[]): Problem[] {
  const known = Object.entries<Check>(checks);
  const names = [...others, ...known.map(([name]) => name)];
  const given = new Map<string, unknown>(Object.entries(options));
  return [
    ...[...given.keys()]
      .filter((key) => !names.includes(key))
      .map((key) => ({ path: key, reason: "unknown option", remedy: `use ${names.join(", ")}` })),
    ...known.flatMap(([name, wrong]) => below(name, wrong(given.get(name)))),
  ];
}

const below = (name: string | number, problems: readonly Problem[]): Problem[] =>
  problems.map((problem) => ({ ...problem, path: problem.path === "" ? `${name}` : `${name}.${problem.path}` }));

const wrong = (value: unknown, reason: string, remedy: string): Problem[] => [
  { path: "", ...(value !== undefined && { value }), reason, remedy },
];

/** The option may be left out. */
export const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined ? [] : check(value);

/** A list that holds something, each item as `item` wants it. */
export const list =
  (item: Check, example: string): Check =>
  (value) =>
    Array.isArray(value) && value.length > 0
      ? value.flatMap((held, i) => below(i, item(held)))
      : wrong(value, value === undefined ? "missing" : "not a list of at least one", `write ${example}`);

export const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.some((word) => word === value) ? [] : wrong(value, "unknown choice", `write ${words.join(" or ")}`);

/** A text of which a whole pattern is asked. */
export const matching =
  (pattern: RegExp, reason: string, remedy: string): Check =>
  (value) =>
    typeof value === "string" && pattern.test(value)
      ? []
      : wrong(value, value === undefined ? "missing" : reason, remedy);

export const size: Check = (value) =>
  typeof value === "string" && inBytes(value as Size) > 0
    ? []
    : wrong(value, value === undefined ? "missing" : "not a size", 'write it with its unit, as "20 GiB"');

export const duration: Check = (value) =>
  typeof value === "string" && inMilliseconds(value as Duration) > 0
    ? []
    : wrong(value, "not a duration", 'write it with its unit, as "72h" or "7d"');

/** A length of time for a store that counts in seconds. */
export const wholeSeconds: Check = (value) => {
  const problems = duration(value);
  return problems.length > 0 || Number.isInteger(inSeconds(value as Duration))
    ? problems
    : wrong(value, "not a whole number of seconds", 'write "72h" or "7d"');
};

export const flag: Check = (value) =>
  typeof value === "boolean" ? [] : wrong(value, "neither true nor false", "write true or false");

export const count: Check = (value) =>
  typeof value === "number" && Number.isSafeInteger(value) && value > 0
    ? []
    : wrong(value, "not a whole number above zero", "write 1 or more");

export const countOrZero: Check = (value) =>
  value === 0 || count(value).length === 0 ? [] : wrong(value, "not a whole number", "write 0 or more");

/** An archive that would forget before the storage does. */
export function archiveForgets({
  retention,
  archiveRetention,
}: {
  readonly retention?: Duration;
  readonly archiveRetention?: Duration;
}): Problem[] {
  const both = retention !== undefined && archiveRetention !== undefined;
  if (!both || !isDuration(retention) || !isDuration(archiveRetention)) return [];
  if (inSeconds(archiveRetention) >= inSeconds(retention)) return [];
  return [
    {
      path: "archiveRetention",
      value: archiveRetention,
      reason: `less than retention, ${retention}: archived traces would be deleted first`,
      remedy: "write a longer time, or remove it",
    },
  ];
}
