import type { Problem } from "../core/problems";
import type { Connector, Exporter, Part, Processor, Receiver, Signal } from "./part";

export type NonEmpty<T> = readonly [T, ...T[]];

export interface Pipeline<S extends Signal> {
  readonly receivers: NonEmpty<Receiver<S> | Connector<never, S>>;
  /**
   * Processors in any order: they are put in the order of their stages. `{ inOrder }` keeps the order given, and is
   * refused where a stage comes too early.
   *
   * @default - none
   */
  readonly processors?: readonly Processor<S>[] | { readonly inOrder: readonly Processor<S>[] };
  readonly exporters: NonEmpty<Exporter<S> | Connector<S, never>>;
}

type SignalOf<Id> = Id extends `${infer S extends Signal}/${string}` ? S : Id extends Signal ? Id : never;

/** Keyed as in the Collector's own file: `traces`, `traces/tail`, `metrics`. */
export type Pipelines = { readonly [Id in `${Signal}${"" | `/${string}`}`]?: Pipeline<SignalOf<Id>> };

/** A pipeline with its processors in the order in which they will run. */
export interface Ordered {
  readonly id: string;
  readonly receivers: readonly Part[];
  readonly processors: readonly Processor<Signal>[];
  readonly exporters: readonly Part[];
  readonly problems: readonly Problem[];
}
