import type { Exporter, Signal } from "../part";

export interface DebugOptions {
  /** Tells several of them apart. @default - the type alone */
  readonly name?: string;
  /** @default "basic", one line for each request */
  readonly verbosity?: "basic" | "normal" | "detailed";
}

/**
 * Writes what passes to the Collector's own log.
 *
 * Source: exporter/debugexporter of the Collector.
 */
export const debug = ({ name, verbosity = "basic" }: DebugOptions = {}): Exporter<Signal> => ({
  role: "exporter",
  type: "debug",
  ...(name !== undefined && { name }),
  carries: { traces: true, metrics: true, logs: true },
  config: { verbosity },
});
