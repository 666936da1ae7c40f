import type { Config } from "../core/config";
import type { Problem } from "../core/problems";
import { atLeast, type Version } from "../core/version";
import type { Needs } from "../core/workload";

export type Signal = "traces" | "metrics" | "logs";

/** Signals as a record, so that a part which carries more than a pipeline asks for still fits it. */
export type Marks<S extends Signal> = { readonly [K in S]: true };

export type Role = "receiver" | "processor" | "exporter" | "connector" | "extension";

/** A piece of a Collector as a value: what to write for it, and what it needs from the workload that holds it. */
export interface Part<R extends Role = Role> {
  readonly role: R;
  /** Type in the configuration of the newest Collector: `otlp_grpc`. */
  readonly type: string;
  /** Older Collectors know the part by another type, and refuse the new one. */
  readonly formerly?: { readonly type: string; readonly before: Version };
  /** Tells two parts of one type apart: `jaeger` in `otlp_grpc/jaeger`. @default - the type alone */
  readonly name?: string;
  /** Body of its section; a function where keys depend on the Collector's version. */
  readonly config: Config | ((version: Version) => Config);
  readonly needs?: Needs;
  /** Feature gates of the Collector that it needs to be on. */
  readonly featureGates?: readonly string[];
  /** Extensions its body refers to; they are started with it. */
  readonly extensions?: readonly Extension[];
  readonly problems?: readonly Problem[];
}

export interface Receiver<S extends Signal> extends Part<"receiver"> {
  readonly carries: Marks<S>;
}

export interface Processor<S extends Signal> extends Part<"processor"> {
  readonly carries: Marks<S>;
  /** Its place in a pipeline; see `stages`. */
  readonly stage: Stage;
  /**
   * It answers "accepted" before the next part has the data, so that a refusal from there reaches nobody.
   *
   * @default false
   */
  readonly answersEarly?: boolean;
}

export interface Exporter<S extends Signal> extends Part<"exporter"> {
  readonly carries: Marks<S>;
}

/** Ends one pipeline and starts another. */
export interface Connector<From extends Signal, To extends Signal> extends Part<"connector"> {
  readonly accepts: Marks<From>;
  readonly emits: Marks<To>;
}

export type Extension = Part<"extension">;

/**
 * Places in a pipeline, first to last. The memory limiter comes first so that a refusal reaches the sender; what reads
 * the connection comes before anything that regroups data; what drops comes before what is costly; sampling comes last,
 * since it loses the request's context. Source: the Collector's processor README and the tail sampling README.
 */
export const stages = ["limit", "identify", "label", "drop", "rewrite", "redact", "sample"] as const;
export type Stage = (typeof stages)[number];

/** Type of a part in the configuration of one version. */
export const typeIn = (version: Version, { type, formerly }: Part): string =>
  formerly !== undefined && !atLeast(version, formerly.before) ? formerly.type : type;

/** Id of a part in the configuration of one version: `type` or `type/name`. */
export const idIn = (version: Version, part: Part): string =>
  part.name === undefined ? typeIn(version, part) : `${typeIn(version, part)}/${part.name}`;

/** Body of a part in the configuration of one version; empty where its options are wrong, since it is then refused. */
export function configIn(version: Version, { config, problems = [] }: Part): Config {
  if (problems.length > 0) return {};
  return typeof config === "function" ? config(version) : config;
}

/** Id by which other parts refer to an extension. No extension of this library ever changed its type. */
export const refTo = ({ type, name }: Extension): string => (name === undefined ? type : `${type}/${name}`);

/** The signals that an options object has a key for. */
export const marksOf = <S extends Signal>(options: { readonly [K in S]?: unknown }): Marks<S> =>
  Object.fromEntries(Object.keys(options).map((signal) => [signal, true])) as Marks<S>;
