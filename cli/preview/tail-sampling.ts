import { parse } from "yaml";
import { isObject, type Inputs } from "./fields";
import { changedTexts, objectsIn } from "./files";
import type { Loss } from "./losses";
import type { Step } from "./steps";

const loses = "traces that were kept until now";

/** Tail sampling policies that now keep less, read from the Collector's configuration before and after. */
export function keptLess(steps: readonly Step[]): Loss[] {
  const { before, after } = changedTexts(steps);
  const [were, are] = [policiesIn(before), policiesIn(after)];
  // Without any policy every trace is kept; and nothing was kept by what did not exist.
  if (are.size === 0 || before.length === 0) return [];
  if (were.size === 0) return [{ what: "tail sampling", change: "switched on", loses: "traces that no policy keeps" }];
  return [
    ...[...were].flatMap(([name, policy]) => {
      const now = are.get(name);
      return now === undefined ? removed(name, policy) : [...weaker(name, policy, now), ...narrower(name, policy, now)];
    }),
    ...[...are].flatMap(([name, policy]) =>
      isDrop(policy) && !were.has(name) ? [{ what: `tail sampling policy ${name}`, change: "added", loses }] : [],
    ),
  ];
}

const isDrop = ({ type }: Inputs): boolean => type === "drop";

const removed = (name: string, policy: Inputs): Loss[] =>
  isDrop(policy) ? [] : [{ what: `tail sampling policy ${name}`, change: "removed", loses }];

/** Numbers that say how much a policy keeps. */
function weaker(name: string, before: Inputs, after: Inputs): Loss[] {
  const now = new Map(numbersIn(after));
  return numbersIn(before).flatMap(([path, was]) => {
    const is = now.get(path);
    const isLess = is !== undefined && (/threshold_ms$|min_spans$/.test(path) ? is > was : is < was);
    return isLess ? [{ what: `tail sampling policy ${name}, ${path}`, change: `from ${was} to ${is}`, loses }] : [];
  });
}

/** Values of an attribute by which nothing is kept any more. */
function narrower(name: string, before: Inputs, after: Inputs): Loss[] {
  const now = new Set(wantedBy(after));
  const gone = wantedBy(before).filter((value) => !now.has(value));
  return gone.map((value) => ({ what: `tail sampling policy ${name}, ${value}`, change: "removed", loses }));
}

/** Values of a policy as conditions on spans have them, whether it holds texts or conditions. */
function wantedBy({ string_attribute: texts, ottl_condition: conditions }: Inputs): string[] {
  const listed = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
  if (isObject(texts)) {
    const attribute = `span.attributes[${JSON.stringify(texts["key"])}]`;
    return texts["invert_match"]
      ? []
      : listed(texts["values"]).map((value) => `${attribute} == ${JSON.stringify(value)}`);
  }
  return isObject(conditions) ? listed(conditions["span"]).filter((text) => text.startsWith("span.")) : [];
}

const limit = /(sampling_percentage|_per_second|threshold_ms|min_spans|max_spans|percent|burst_capacity)$/;

const numbersIn = (value: unknown, path = ""): [path: string, value: number][] =>
  typeof value === "number"
    ? limit.test(path)
      ? [[path, value]]
      : []
    : typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, held]) => numbersIn(held, path === "" ? key : `${path}.${key}`))
      : [];

/** Policies of every tail sampling processor, by name. */
function policiesIn(texts: readonly string[]): Map<string, Inputs> {
  const processors = texts
    .filter((text) => text.includes("tail_sampling"))
    .map((text): unknown => parse(text))
    .flatMap((config) => (isObject(config) && isObject(config["processors"]) ? [config["processors"]] : []));
  const tails = processors.flatMap((all) => Object.entries(all).filter(([id]) => /^tail_sampling(\/|$)/.test(id)));
  const policies = tails.flatMap(([, tail]) => (isObject(tail) ? objectsIn(tail["policies"]) : []));
  return new Map(policies.map((policy) => [String(policy["name"]), policy]));
}
