import { isObject } from "./fields";
import { changedTexts, objectsIn } from "./files";
import type { Loss } from "./losses";
import type { Step } from "./steps";

/** A rate for services, or for the traces that start with one operation. */
interface Rate {
  /** @default - every service without one of its own */
  readonly service?: string;
  /** @default - every operation without one of its own */
  readonly operation?: string;
  readonly type: string;
  readonly param: number;
}

/** Head sampling strategies that now record less, read from Jaeger's strategies file before and after. */
export function recordedLess(steps: readonly Step[]): Loss[] {
  const { before, after } = changedTexts(steps);
  const [were, are] = [before.flatMap(ratesIn), after.flatMap(ratesIn)];
  if (were.length === 0 || are.length === 0) return [];
  const asked = [...were, ...are].map(({ service, operation }) => ({ service, operation }));
  const distinct = [...new Map(asked.map((key) => [JSON.stringify(key), key])).values()];
  return distinct.flatMap(({ service, operation }) => {
    const [was, now] = [effective(were, service, operation), effective(are, service, operation)];
    if (was === undefined || now === undefined) return [];
    if (was.type === now.type && now.param >= was.param) return [];
    const what = ["head sampling of", service ?? "every service", ...(operation === undefined ? [] : [operation])];
    return [{ what: what.join(" "), change: `from ${inWords(was)} to ${inWords(now)}`, loses: "traces not recorded" }];
  });
}

/** What Jaeger answers for a service and an operation: its own, that of its operation anywhere, its service's, the default. */
const effective = (rates: readonly Rate[], service?: string, operation?: string): Rate | undefined =>
  rates.find((rate) => rate.service === service && rate.operation === operation) ??
  rates.find((rate) => rate.service === undefined && rate.operation === operation && operation !== undefined) ??
  rates.find((rate) => rate.service === service && rate.operation === undefined) ??
  rates.find((rate) => rate.service === undefined && rate.operation === undefined);

const inWords = ({ type, param }: Rate): string =>
  type === "probabilistic" ? `${Math.round(param * 1e6) / 1e4} %` : `${param} a second`;

function ratesIn(text: string): Rate[] {
  if (!text.includes('"default_strategy"')) return [];
  const file: unknown = JSON.parse(text);
  if (!isObject(file)) return [];
  return [
    ...ratesOf(file["default_strategy"]),
    ...objectsIn(file["service_strategies"]).flatMap((strategy) => ratesOf(strategy, String(strategy["service"]))),
  ];
}

function ratesOf(strategy: unknown, service?: string): Rate[] {
  if (!isObject(strategy)) return [];
  const { type, param, operation, operation_strategies } = strategy;
  if (typeof type !== "string" || typeof param !== "number") return [];
  const own = {
    ...(service !== undefined && { service }),
    ...(typeof operation === "string" && { operation }),
    type,
    param,
  };
  return [own, ...objectsIn(operation_strategies).flatMap((inner) => ratesOf(inner, service))];
}
