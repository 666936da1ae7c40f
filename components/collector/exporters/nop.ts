import type { Exporter, Signal } from "../part";

/**
 * Drops everything: the end of a pipeline that is measured, or that only feeds connectors.
 *
 * Source: exporter/nopexporter of the Collector.
 */
export const nop = (): Exporter<Signal> => ({
  role: "exporter",
  type: "nop",
  carries: { traces: true, metrics: true, logs: true },
  config: {},
});
