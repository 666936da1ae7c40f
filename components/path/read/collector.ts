import type { Finding } from "./finding";
import { newestName } from "./names";
import { child, entries, entry, has, items, partlyKnown, type Entry, type Node, type Place } from "./node";

export const sections = ["receivers", "processors", "exporters", "connectors", "extensions"] as const;
export type Section = (typeof sections)[number];

/** A component under its id, as a file defines it. */
export interface Component {
  readonly section: Section;
  /** `otlp_grpc/jaeger`. */
  readonly id: string;
  /** Newest name of its type, `otlp_grpc`, also where the file says `otlp`. */
  readonly type: string;
  readonly at: Place;
  /** Its settings; a null where it has none. */
  readonly config: Node;
}

/** A name in a list of a pipeline, or of `service.extensions`. */
export interface Reference {
  readonly id: string;
  readonly at: Place;
}

export interface Pipeline {
  /** `traces/sampled`. */
  readonly id: string;
  readonly signal: string;
  readonly at: Place;
  readonly receivers: readonly Reference[];
  readonly processors: readonly Reference[];
  readonly exporters: readonly Reference[];
  /** Whether every name in its lists is known here. */
  readonly isKnown: boolean;
}

/** One process: a Collector, or Jaeger, which is one with a storage. */
export interface Collector {
  /** The files it was read from, as they were named. */
  readonly name: string;
  readonly root: Node;
  readonly components: readonly Component[];
  readonly pipelines: readonly Pipeline[];
  readonly extensions: readonly Reference[];
  /** Whether every section, and every name in pipelines and service.extensions, is known here. */
  readonly isKnown: boolean;
}

const typeOf = (id: string): string => id.split("/")[0]!.trim();

/** The configuration of one process, or the findings that say why it is none. */
export function collectorFrom(name: string, root: Node): Collector | Finding {
  const stranger = notACollector(root);
  if (stranger !== undefined) return stranger;
  const components = sections.flatMap((section) =>
    entries(child(root, section)).map(([id, { at, value }]): Component => ({
      section,
      id,
      type: newestName(section, typeOf(id)),
      at,
      config: value,
    })),
  );
  const pipelines = entries(child(root, "service", "pipelines")).map(([id, { at, value }]): Pipeline => ({
    id,
    signal: typeOf(id),
    at,
    receivers: references(child(value, "receivers")),
    processors: references(child(value, "processors")),
    exporters: references(child(value, "exporters")),
    isKnown: ["receivers", "processors", "exporters"].every((list) => areKnown(child(value, list))),
  }));
  const extensions = child(root, "service", "extensions");
  const parts = [...sections, "service"].map((section) => child(root, section));
  const isKnown =
    [...parts, child(root, "service", "pipelines")].every((part) => part?.is !== "unknown") &&
    pipelines.every((pipeline) => pipeline.isKnown) &&
    areKnown(extensions);
  return { name, root, components, pipelines, extensions: references(extensions), isKnown };
}

/** Names in a list. One that the environment decides is left out. */
const references = (list: Node | undefined): Reference[] =>
  items(list).flatMap((item) => (item.is === "scalar" ? [{ id: partlyKnown(item) ?? "", at: item.at }] : []));

const areKnown = (list: Node | undefined): boolean =>
  list?.is !== "unknown" && items(list).every((item) => item.is !== "unknown");

/** What a file is instead, by a key that only such a file has. */
const strangers: readonly [key: string, what: string, remedy: string][] = [
  ["apiVersion", "a Kubernetes object", "give the Collector's own YAML, the string within its data or config"],
  ["scrape_configs", "a configuration of Prometheus", "give the Collector's configuration"],
  ["services", "a Compose file", "give the configuration that it mounts"],
  ["runtime", "the settings of a Pulumi project", "run `sightline check` without --config"],
  ["config", "values of a Helm chart", "save what is under `config` as a separate file"],
];

function notACollector(root: Node): Finding | undefined {
  // A Helm chart's values have a service too, of another kind.
  const ofService = ["pipelines", "extensions", "telemetry"].some((key) => has(root, "service", key));
  const isOne = ofService || sections.some((section) => has(root, section));
  const isWrapped = has(root, "apiVersion") || (has(root, "config") && !ofService);
  if (root.is === "map" && isOne && !isWrapped) return undefined;
  const key = strangers.find(([name]) => entry(root, name) !== undefined);
  return {
    code: "not-a-collector",
    severity: "error",
    at: (key && entry(root, key[0])?.at) ?? root.at,
    path: key?.[0] ?? "YAML",
    reason: key ? `this is ${key[1]}, not a Collector's configuration` : "this is not a Collector's configuration",
    remedy: key?.[2] ?? "give a file with service.pipelines, and the receivers and exporters they name",
  };
}

/** The component that a name in a pipeline means. A connector is an exporter of one pipeline and a receiver of another. */
export function meant(collector: Collector, section: Section, id: string): Component | undefined {
  return collector.components.find(
    (component) =>
      component.id === id &&
      (component.section === section ||
        (component.section === "connectors" && (section === "receivers" || section === "exporters"))),
  );
}

/** Whether a pipeline, or the list of extensions, names a component. */
export function isUsed({ pipelines, extensions }: Collector, { section, id }: Component): boolean {
  const named = (references: readonly Reference[]): boolean => references.some((reference) => reference.id === id);
  if (section === "extensions") return named(extensions);
  if (section === "connectors") return pipelines.some((p) => named(p.receivers) || named(p.exporters));
  return pipelines.some((pipeline) => named(pipeline[section]));
}

/** Components of one kind that some pipeline uses. */
export const used = (collector: Collector, section: Section, ...types: string[]): Component[] =>
  collector.components.filter(
    (component) =>
      component.section === section &&
      (types.length === 0 || types.includes(component.type)) &&
      isUsed(collector, component),
  );

/** Where to point for a setting: its key, else the nearest key above it that was written. */
export function placeOf(component: Component, ...path: string[]): Place {
  for (let length = path.length; length > 0; length--) {
    const found: Entry | undefined = entry(component.config, ...path.slice(0, length));
    if (found !== undefined) return found.at;
  }
  return component.at;
}

/** A component's path in its file: `exporters.otlp/jaeger`. */
export const pathOf = ({ section, id }: Component, ...path: string[]): string => [section, id, ...path].join(".");
