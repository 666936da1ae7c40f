import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";
import { isObject, joined, type Inputs } from "./fields";
import { filesIn } from "./files";
import type { Step } from "./steps";

/** A part of a configuration that is not what it was: a receiver, a policy, a limit. */
export interface ConfigChange {
  readonly component: string;
  readonly file: string;
  /** Where it stands: `processors.tail_sampling.policies.share.probabilistic.sampling_percentage`, or `all of it`. */
  readonly part: string;
  /** `20 → 5`, `added: …`, `removed: …`. */
  readonly change: string;
}

/** More parts of one file say that it is another file. */
const most = 15;
/** Characters of a value, and items of a list, that a table has room for. */
const [room, items] = [60, 8];

/** What changes inside files that processes read. All files of an object that is new or goes come and go with it. */
export const configChanges = (steps: readonly Step[]): ConfigChange[] =>
  objectsOf(steps).flatMap(({ component, were, are }) =>
    [...new Set([...were.keys(), ...are.keys()])]
      .sort()
      .flatMap((file) =>
        listed(between(were.get(file), are.get(file))).map(([part, change]) => ({ component, file, part, change })),
      ),
  );

type Files = ReadonlyMap<string, string>;

/** Files that stay in an object; one of Kubernetes that is too large is several, between which a file may move. */
function objectsOf(steps: readonly Step[]): { component: string; were: Files; are: Files }[] {
  const changed = steps.filter(({ operation, before, after }) => operation !== "same" && !isHidden(before, after));
  const byName = Map.groupBy(changed, ({ component, name }) => `${component} ${name.replace(/-\d+$/, "")}`);
  return [...byName.values()].flatMap((parts) => {
    const [were, are] = (["before", "after"] as const).map((side) => parts.map((step) => step[side]).filter(isObject));
    const together = (all: readonly Inputs[]): Files => new Map(all.flatMap((inputs) => [...filesIn(inputs)]));
    const stays = were!.length > 0 && are!.length > 0;
    return stays ? [{ component: parts[0]!.component, were: together(were!), are: together(are!) }] : [];
  });
}

/** Where one file holds a secret, Pulumi prints that of all files of its object. */
const isHidden = (...sides: readonly (Inputs | undefined)[]): boolean =>
  sides.some((inputs) => inputs?.["uploads"] === "[secret]" || inputs?.["data"] === "[secret]");

const whole = "all of it";

type Difference = readonly [part: string, change: string];

/** What comes, goes or moves first: values may differ because of it. */
const listed = (all: readonly Difference[]): readonly Difference[] => {
  if (all.length <= most) return all;
  const rank = ([, change]: Difference) => (/^(added|removed|order): /.test(change) ? 0 : 1);
  const first = all.toSorted((a, b) => rank(a) - rank(b)).slice(0, most - 1);
  return [...first, ["…", `${all.length - most + 1} more parts`]];
};

function between(before: string | undefined, after: string | undefined): Difference[] {
  if (before === after) return [];
  if (before === undefined || after === undefined) return [[whole, before === undefined ? "added" : "removed"]];
  const [was, is] = [before, after].map(structureOf);
  if (!isObject(was) || !isObject(is)) return [[whole, "other text"]];
  const found = [...differences(was, is, [])];
  return found.length > 0 ? found : [[whole, "same parts, written in another way"]];
}

/** One document of YAML, of which JSON is a part; undefined where a text is something else. */
function structureOf(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function* differences(was: unknown, is: unknown, path: readonly string[]): Generator<Difference> {
  if (isDeepStrictEqual(was, is)) return;
  if (isObject(was) && isObject(is)) {
    yield* inside(new Map(Object.entries(was)), new Map(Object.entries(is)), path);
  } else if (Array.isArray(was) && Array.isArray(is)) {
    yield* inLists(was, is, path);
  } else {
    yield [joined(path), fromTo(was, is)];
  }
}

type Named = ReadonlyMap<string, unknown>;

function* inside(was: Named, is: Named, path: readonly string[]): Generator<Difference> {
  for (const key of new Set([...was.keys(), ...is.keys()])) {
    yield* differences(was.get(key), is.get(key), [...path, key]);
  }
}

/** What items of a list are known by, where each has it and none twice. */
const keys = ["name", "job_name", "alert", "record", "service", "operation", "title", "refId"];

function* inLists(was: readonly unknown[], is: readonly unknown[], path: readonly string[]): Generator<Difference> {
  const key = keys.find((name) => [was, is].every((list) => areKnownBy(name, list)));
  if (key !== undefined) {
    const [before, after] = [was, is].map((list) => new Map(list.map((item) => [String((item as Inputs)[key]), item])));
    const [old, now] = [
      [...before!.keys()].filter((name) => after!.has(name)),
      [...after!.keys()].filter((name) => before!.has(name)),
    ];
    // The order of policies and processors counts.
    if (!isDeepStrictEqual(old, now)) yield [joined(path), `order: ${some(now)}`];
    return yield* inside(before!, after!, path);
  }
  const long = longChanged(was, is);
  if (long === undefined) return yield [joined(path), listChange(was, is)];
  for (const i of long) yield* differences(was[i], is[i], [...path, String(i)]);
}

const areKnownBy = (name: string, list: readonly unknown[]): boolean => {
  const values = list.map((item) => (isObject(item) ? item[name] : undefined));
  return values.every((value) => typeof value === "string") && new Set(values).size === values.length;
};

/** Places of items that are too long to be shown side by side, where each stays in its place. */
function longChanged(was: readonly unknown[], is: readonly unknown[]): number[] | undefined {
  if (was.length !== is.length) return undefined;
  const places = was.flatMap((item, i) => (isDeepStrictEqual(item, is[i]) ? [] : [i]));
  const moved = places.some((i) => places.some((j) => isDeepStrictEqual(was[i], is[j])));
  const isLong = (i: number) => Math.max(inWords(was[i]).length, inWords(is[i]).length) > room;
  return !moved && places.every(isLong) ? places : undefined;
}

/** Lists of texts and numbers, item by item. */
function listChange(was: readonly unknown[], is: readonly unknown[]): string {
  const [old, now] = [was, is].map((list) => list.map(inWords));
  const come = now!.filter((item) => !old!.includes(item));
  const gone = old!.filter((item) => !now!.includes(item));
  if (come.length + gone.length === 0)
    return old!.length === now!.length ? `order: ${some(now!)}` : `now: ${some(now!)}`;
  return [come.length > 0 ? `added: ${some(come)}` : "", gone.length > 0 ? `removed: ${some(gone)}` : ""]
    .filter(Boolean)
    .join("; ");
}

function fromTo(was: unknown, is: unknown): string {
  if (was === undefined) return `added: ${cut(inWords(is))}`;
  if (is === undefined) return `removed: ${cut(inWords(was))}`;
  const [old, now] = [inWords(was), inWords(is)];
  let same = 0;
  while (same < old.length && old[same] === now[same]) same++;
  // Long texts are shown from shortly before the first character that differs.
  const from = Math.max(old.length, now.length) <= room || same < 20 ? 0 : same - 20;
  const shown = (text: string) => (from > 0 ? `…${cut(text.slice(from))}` : cut(text));
  return `${shown(old)} → ${shown(now)}`;
}

const some = (all: readonly string[]): string =>
  [...all.slice(0, items).map(cut), ...(all.length > items ? [`${all.length - items} more`] : [])].join(", ");

/** A text that would be read as a number or a switch has its quotes. */
const isPlain = (text: string): boolean => text !== "" && !/^(true|false|null|[-+.\d]+)$/.test(text);
const inWords = (value: unknown): string =>
  typeof value === "string" && isPlain(value) ? value.replaceAll(/\s+/g, " ") : JSON.stringify(value);
const cut = (text: string): string => (text.length <= room ? text : `${text.slice(0, room - 1)}…`);
