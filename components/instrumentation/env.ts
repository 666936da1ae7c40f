import type { Input } from "@pulumi/pulumi";
import type { Problem } from "../core/problems";
import { attributesText, readAttributes, type Attributes } from "./attributes";
import type { Findings } from "./findings";
import { isKnown, later } from "./later";
import { loadsKit, withKit } from "./node-options";
import type { Instrumentation } from "./options";
import { switchesOff, type Variable } from "./variables";

/** Variables of a container as its platform writes them. */
export interface Notation<E> {
  /** Undefined where it is not known yet. */
  readonly nameOf: (entry: E) => string | undefined;
  /** Undefined where the value comes from elsewhere. */
  readonly valueOf: (entry: E) => Input<string> | undefined;
  readonly entry: (name: string, value: Input<string>) => E;
}

/** What a container is to have. */
export interface Wanted {
  readonly tracing: Instrumentation;
  readonly variables: readonly Variable[];
  readonly attributes: Input<Attributes>;
  readonly path: string;
}

/**
 * Variables of a container with those that tracing needs. One that is there stays where and as it is; `NODE_OPTIONS` and
 * `OTEL_RESOURCE_ATTRIBUTES` are added to, and what contradicts is refused.
 */
export function withVariables<E>(
  env: readonly E[],
  wanted: Wanted,
  notation: Notation<E>,
  found: Findings,
): readonly E[] {
  const { tracing, variables, attributes, path } = wanted;
  const { nameOf, valueOf, entry } = notation;
  const names = new Set(env.map(nameOf));
  const changed = env.map((existing, i) => {
    const name = nameOf(existing);
    if (name === undefined) return existing;
    const at = `${path}[${i}]`;
    const value = valueOf(existing);
    if (name === "OTEL_RESOURCE_ATTRIBUTES" || (name === "NODE_OPTIONS" && tracing.runtime === "nodejs")) {
      if (value === undefined) {
        const problem = {
          path: at,
          value: name,
          reason: "is set by reference, so nothing can be added to it",
          remedy: "write its value here",
        };
        // Attributes add to what is known of a service; without the kit there is nothing to know.
        if (name === "NODE_OPTIONS") found.refuse(problem);
        else found.contradict(problem);
        return existing;
      }
      const added = later(value, (text) =>
        name === "NODE_OPTIONS"
          ? optionsOf(text, at, found)
          : later(attributes, (own) => attributesOf(text, own, tracing, at, found)),
      );
      return entry(name, added);
    }
    if (value !== undefined && isKnown(value)) check(name, value, wanted, at, found);
    return existing;
  });
  const own: readonly Variable[] = [
    ...variables,
    ...(tracing.runtime === "nodejs" ? [{ name: "NODE_OPTIONS", value: loadsKit }] : []),
    { name: "OTEL_RESOURCE_ATTRIBUTES", value: later(attributes, attributesText) },
  ];
  const added = own.filter(
    ({ name }) => !names.has(name) && !(name === protocol && sendsElsewhere(env, tracing, notation)),
  );
  return [...changed, ...added.map(({ name, value }) => entry(name, value))];
}

const protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";

/** Whether an address stands that is not the one of tracing: what it takes is known to whoever wrote it. */
const sendsElsewhere = <E>(env: readonly E[], { otlp }: Instrumentation, { nameOf, valueOf }: Notation<E>): boolean =>
  env.some((entry) => nameOf(entry) === "OTEL_EXPORTER_OTLP_ENDPOINT" && valueOf(entry) !== otlp);

function check(name: string, value: string, { tracing, variables }: Wanted, path: string, found: Findings): void {
  const variable = variables.find((other) => other.name === name);
  const against = variable !== undefined && variable.value !== value ? variable.against : undefined;
  const problem = switchesOff(name, value, tracing) ?? against;
  if (problem !== undefined) found.contradict({ path, value: `${name}=${value}`, ...problem });
}

function optionsOf(text: string, path: string, found: Findings): string {
  const options = withKit(text);
  if ("value" in options) return options.value;
  found.refuse({ path, value: `NODE_OPTIONS=${text}`, ...options });
  return text;
}

/** What is there goes before what is derived; what contradicts an option is refused. */
function attributesOf(text: string, own: Attributes, tracing: Instrumentation, path: string, found: Findings): string {
  const there = readAttributes(text);
  const problem = (value: string, reason: string, remedy: string): Problem => ({ path, value, reason, remedy });
  if (there === undefined) {
    const reason = "one part is not a key=value pair, so SDKs ignore all of it";
    found.contradict(problem(`OTEL_RESOURCE_ATTRIBUTES=${text}`, reason, 'write "key=value", with %2C for a comma'));
    return text;
  }
  const known = new Map(there);
  for (const [key, option] of givenAttributes(tracing)) {
    const value = known.get(key);
    if (value === undefined || attributesText([[key, option]]) === `${key}=${value}`) continue;
    found.contradict(
      problem(`${key}=${value}`, `contradicts an option, ${JSON.stringify(option)}`, "remove one of them"),
    );
  }
  const added = attributesText(own.filter(([key]) => !known.has(key)));
  return [added, text].filter((part) => part !== "").join(",");
}

/** Attributes that options name. */
export const givenAttributes = ({ namespace, version, environment, attributes = {} }: Instrumentation): Attributes => [
  ...(namespace === undefined ? [] : [["service.namespace", namespace] as const]),
  ...(version === undefined ? [] : [["service.version", version] as const]),
  ...(environment === undefined ? [] : [["deployment.environment.name", environment] as const]),
  ...Object.entries(attributes),
];
