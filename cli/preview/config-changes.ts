import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";
import { isObject, type Inputs } from "./fields";
import { filesIn } from "./files";
import type { Step } from "./steps";

/** A part of a configuration that is not what it was: a receiver, a policy, a limit. */
export interface ConfigChange {
  readonly component: string;
  readonly file: string;
  /** Where it stands: `processors.tail_sampling.policies.share.probabilistic.sampling_percentage`. */
  readonly part: string;
  /** `20 → 5`, `added: …`, `removed: …`. */
  readonly change: string;
}

/** More parts of one file say that it is another file. */
const most = 15;
/** Characters of a value that a table has room for. */
const room = 60;

/**
 * What changes inside files that processes read. A file that is new or goes is an object that is, and secrets are not
 * here: Pulumi prints a file that holds one as a whole as `[secret]`.
 */
export const configChanges = (steps: readonly Step[]): ConfigChange[] =>
  steps.flatMap(({ operation, component, before, after }) => {
    if (operation === "same" || before === undefined || after === undefined) return [];
    const [were, are] = [filesIn(before), filesIn(after)];
    return [...new Set([...were.keys(), ...are.keys()])]
      .sort()
      .flatMap((file) =>
        listed(between(were.get(file), are.get(file))).map(([part, change]) => ({ component, file, part, change })),
      );
  });

type Difference = readonly [part: string, change: string];

const listed = (all: readonly Difference[]): readonly Difference[] =>
  all.length <= most ? all : [...all.slice(0, most - 1), ["", `${all.length - most + 1} more parts`]];

function between(before: string | undefined, after: string | undefined): Difference[] {
  if (before === after) return [];
  if (before === undefined || after === undefined) return [["", before === undefined ? "added" : "removed"]];
  const [was, is] = [before, after].map(structureOf);
  if (!isObject(was) || !isObject(is)) return [["", "other text"]];
  const found = [...differences(was, is, [])];
  return found.length > 0 ? found : [["", "same parts, written in another way"]];
}

/** YAML, of which JSON is a part; undefined where a text is neither. */
function structureOf(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function* differences(was: unknown, is: unknown, path: readonly string[]): Generator<Difference> {
  if (isDeepStrictEqual(was, is)) return;
  const part = path.join(".");
  if (isObject(was) && isObject(is)) return yield* inside(was, is, path);
  if (!Array.isArray(was) || !Array.isArray(is)) return yield [part, fromTo(was, is)];
  const key = keyOf(was, is);
  if (key !== undefined) {
    const [named, now] = [was, is].map((list) => Object.fromEntries(list.map((item) => [(item as Inputs)[key], item])));
    return yield* inside(named!, now!, path, reordered(named!, now!));
  }
  yield [part, listChange(was, is)];
}

function* inside(was: Inputs, is: Inputs, path: readonly string[], order?: string): Generator<Difference> {
  if (order !== undefined) yield [path.join("."), order];
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
    yield* differences(was[key], is[key], [...path, key]);
  }
}

/** What items of a list are known by, where each has it and none twice. */
const keys = ["name", "job_name", "alert", "record", "service", "operation", "title"];

function keyOf(...lists: readonly (readonly unknown[])[]): string | undefined {
  return keys.find((key) =>
    lists.every((list) => {
      const values = list.map((item) => (isObject(item) ? item[key] : undefined));
      return values.every((value) => typeof value === "string") && new Set(values).size === values.length;
    }),
  );
}

function reordered(was: Inputs, is: Inputs): string | undefined {
  const [old, now] = [Object.keys(was).filter((key) => key in is), Object.keys(is).filter((key) => key in was)];
  return isDeepStrictEqual(old, now) ? undefined : `order: ${now.join(", ")}`;
}

/** Lists of texts and numbers, item by item; the order of a pipeline's processors counts. */
function listChange(was: readonly unknown[], is: readonly unknown[]): string {
  const [old, now] = [was, is].map((list) => list.map((item) => JSON.stringify(item)));
  const gone = was.filter((_, i) => !now!.includes(old![i]!));
  const come = is.filter((_, i) => !old!.includes(now![i]!));
  if (gone.length + come.length === 0) return `order: ${is.map(inWords).join(", ")}`;
  const said = [
    ...(come.length > 0 ? [`added: ${come.map((item) => cut(inWords(item))).join(", ")}`] : []),
    ...(gone.length > 0 ? [`removed: ${gone.map((item) => cut(inWords(item))).join(", ")}`] : []),
  ];
  return said.join("; ");
}

function fromTo(was: unknown, is: unknown): string {
  if (was === undefined) return `added: ${cut(inWords(is))}`;
  if (is === undefined) return `removed: ${cut(inWords(was))}`;
  const [old, now] = [inWords(was), inWords(is)];
  // Long texts are shown from shortly before the first character that differs.
  const same = [...old].findIndex((character, i) => character !== now[i]);
  const from = Math.max(old.length, now.length) <= room || same < 20 ? 0 : same - 20;
  const shown = (text: string) => (from > 0 ? `…${cut(text.slice(from))}` : cut(text));
  return `${shown(old)} → ${shown(now)}`;
}

const inWords = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
const cut = (text: string): string => (text.length <= room ? text : `${text.slice(0, room - 1)}…`);
