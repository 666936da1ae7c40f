import { json } from "../core/config";
import { within, type Problem } from "../core/problems";
import type { Strategies } from "./strategies";

/** A strategies file, and what is wrong with it. */
export interface HeadSampling {
  readonly content: string;
  readonly problems: readonly Problem[];
}

/**
 * The strategies file, checked. Jaeger takes a file with mistakes in it: it passes over keys it does not know, and
 * answers "keep one trace in a thousand" where it does not understand a strategy.
 *
 * @param strategies - as values, or as the text of a file
 */
export function headSampling(strategies: Strategies | string): HeadSampling {
  if (typeof strategies !== "string") return { content: json(strategies), problems: problemsIn(strategies) };
  if (strategies.trim() === "") return { content: strategies, problems: [empty] };
  try {
    return { content: strategies, problems: problemsIn(JSON.parse(strategies)) };
  } catch (error) {
    const problem = {
      path: "content",
      value: String(error),
      reason: "not JSON",
      remedy: "fix the JSON at that position",
    };
    return { content: strategies, problems: [problem] };
  }
}

const empty: Problem = {
  path: "content",
  reason: "the strategies file does not exist or is empty",
  remedy: "name a file in configs/sampling, or write { default_strategy: … }",
};

type Fields = { readonly [key: string]: unknown };

function problemsIn(file: unknown): Problem[] {
  if (!isFields(file)) {
    return [{ path: "content", value: file, reason: "not an object", remedy: "write { default_strategy: … }" }];
  }
  const services = each(file, "service_strategies");
  return [
    ...unknownKeys(file, ["default_strategy", "service_strategies"]),
    ...within("default_strategy", strategy(file["default_strategy"], [])),
    ...services.items.flatMap(([path, service]) =>
      within(path, [...named(service, "service"), ...strategy(service, ["service"])]),
    ),
    ...services.problems,
    ...twice(services.items, "service"),
    ...services.items.flatMap(([path, service]) => within(path, overridden(file["default_strategy"], service))),
  ];
}

function strategy(value: unknown, keys: readonly string[]): Problem[] {
  const operations = each(value, "operation_strategies");
  return [
    ...unknownKeys(value, ["type", "param", "operation_strategies", ...keys]),
    ...rate(value),
    ...(typeOf(value) === "ratelimiting" && operations.items.length > 0 ? [shadowed("operation_strategies")] : []),
    ...operations.items.flatMap(([path, operation]) =>
      within(path, [
        ...named(operation, "operation"),
        ...unknownKeys(operation, ["operation", "type", "param"]),
        ...(typeOf(operation) === "ratelimiting" ? [onlyShares] : rate(operation)),
      ]),
    ),
    ...operations.problems,
    ...twice(operations.items, "operation"),
  ];
}

function rate(value: unknown): Problem[] {
  const { type, param } = isFields(value) ? value : {};
  const number = typeof param === "number" ? param : NaN;
  const wrong = (path: string, found: unknown, reason: string, remedy: string): Problem[] => [
    { path, ...(found !== undefined && { value: found }), reason: found === undefined ? "missing" : reason, remedy },
  ];
  if (type === "probabilistic") {
    return number >= 0 && number <= 1 ? [] : wrong("param", param, "not a share of traces", "write 0 to 1");
  }
  if (type === "ratelimiting") {
    const fits = Number.isInteger(number) && number > 0 && number < 2 ** 31;
    return fits ? [] : wrong("param", param, "not a number of traces a second", "write a whole number above zero");
  }
  return wrong("type", type, "no such strategy", "write probabilistic or ratelimiting");
}

const onlyShares: Problem = {
  path: "type",
  value: "ratelimiting",
  reason: "Jaeger ignores operations that are not probabilistic",
  remedy: "write probabilistic",
};

/** Where operations are listed, an SDK goes by them alone, and Jaeger gives the others 0.001. */
const shadowed = (path: string): Problem => ({
  path,
  reason: "with operations, SDKs ignore the rate limit",
  remedy: "make the strategy probabilistic, or remove the operations",
});

/** Operations of the default strategy are added to every service. */
const overridden = (first: unknown, service: unknown): Problem[] =>
  typeOf(service) === "ratelimiting" && each(first, "operation_strategies").items.length > 0
    ? [
        {
          ...shadowed("type"),
          value: "ratelimiting",
          reason: "with operations in default_strategy, SDKs ignore the rate limit",
        },
      ]
    : [];

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const typeOf = (value: unknown): unknown => (isFields(value) ? value["type"] : undefined);

/** The members of a list, each with its path. */
function each(value: unknown, key: string): { items: [path: string, item: unknown][]; problems: Problem[] } {
  const list = isFields(value) ? value[key] : undefined;
  if (Array.isArray(list)) return { items: list.map((item, i) => [`${key}[${i}]`, item]), problems: [] };
  const problem = { path: key, value: list, reason: "not a list", remedy: "write [ … ]" };
  return { items: [], problems: list === undefined || list === null ? [] : [problem] };
}

const unknownKeys = (value: unknown, known: readonly string[]): Problem[] =>
  Object.keys(isFields(value) ? value : {})
    .filter((key) => !known.includes(key))
    .map((path) => ({ path, reason: "unknown to Jaeger", remedy: `use ${known.join(", ")}` }));

function named(value: unknown, key: string): Problem[] {
  const name = isFields(value) ? value[key] : undefined;
  if (typeof name === "string" && name !== "") return [];
  return [{ path: key, ...(name !== undefined && { value: name }), reason: "has no name", remedy: `name the ${key}` }];
}

/** Which of two entries with one name counts is left to chance. */
function twice(items: readonly [path: string, item: unknown][], key: string): Problem[] {
  const names = items.map(([, item]) => (isFields(item) ? item[key] : undefined));
  return items.flatMap(([path], i) =>
    names[i] !== undefined && names.indexOf(names[i]) < i
      ? [{ path: `${path}.${key}`, value: names[i], reason: `two entries for one ${key}`, remedy: "keep one of them" }]
      : [],
  );
}
