import type { Version } from "../core/version";
import type { Part } from "./part";

/** The program a configuration is written for. */
export interface Distribution {
  /** `otelcol-contrib`, `jaeger`. */
  readonly name: string;
  /** Version of the Collector inside: part names follow it. */
  readonly collector: Version;
  /** Types compiled in, by section. @default - every part of this library */
  readonly parts?: Readonly<Record<Section, readonly string[]>>;
}

export type Section = "receivers" | "processors" | "exporters" | "connectors" | "extensions";

/** Where each kind of part stands in a configuration. */
export const sectionOf: Readonly<Record<Part["role"], Section>> = {
  receiver: "receivers",
  processor: "processors",
  exporter: "exporters",
  connector: "connectors",
  extension: "extensions",
};
