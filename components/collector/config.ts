import { isDeepStrictEqual } from "node:util";
import type { Config } from "../core/config";
import { merge } from "../core/needs";
import { within, type Problem } from "../core/problems";
import type { Version } from "../core/version";
import type { Needs } from "../core/workload";
import { configIn, idIn, stages, typeIn, type Extension, type Part, type Processor, type Signal } from "./part";
import type { Pipeline, Pipelines } from "./pipeline";

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

const sectionOf: Record<Part["role"], Section> = {
  receiver: "receivers",
  processor: "processors",
  exporter: "exporters",
  connector: "connectors",
  extension: "extensions",
};

export interface CollectorConfigArgs {
  readonly distribution: Distribution;
  readonly pipelines: Pipelines;
  /** Extensions no part refers to, such as a health check. Those that parts refer to are added by themselves. */
  readonly extensions?: readonly Extension[];
  /** Body of `service.telemetry`. */
  readonly telemetry: Config;
}

export interface CollectorConfig {
  readonly config: Config;
  /** What all parts together ask of the workload. */
  readonly needs: Required<Needs>;
  readonly problems: readonly Problem[];
}

/** Derives every section from the pipelines: they hold parts, not names, so none can be missing or left over. */
export function collectorConfig({
  distribution,
  pipelines,
  extensions = [],
  telemetry,
}: CollectorConfigArgs): CollectorConfig {
  const { collector: version } = distribution;
  const ordered = Object.entries(pipelines).map(([id, pipeline]) => inOrder(id, pipeline as Pipeline<Signal>));
  const piped = ordered.flatMap(({ receivers, processors, exporters }) => [...receivers, ...processors, ...exporters]);
  const parts: Part[] = [...piped, ...extensions, ...piped.flatMap((part) => part.extensions ?? [])];
  const { sections, problems: clashes } = collect(version, parts);
  const { needs, problems: conflicts } = merge(...parts.map((part) => part.needs));
  const ids = (members: readonly Part[]) => members.map((part) => idIn(version, part));
  return {
    config: {
      ...sections,
      service: {
        extensions: Object.keys(sections.extensions),
        pipelines: Object.fromEntries(
          ordered.map(({ id, receivers, processors, exporters }) => [
            id,
            { receivers: ids(receivers), processors: ids(processors), exporters: ids(exporters) },
          ]),
        ),
        telemetry,
      },
    },
    needs,
    problems: [
      ...parts.flatMap((part) => within(idIn(version, part), part.problems)),
      ...clashes,
      ...conflicts,
      ...ordered.flatMap(({ problems }) => problems),
      ...connectorsUsedOnce(version, ordered),
      ...missingFrom(distribution, parts),
    ],
  };
}

type Ordered = {
  id: string;
  receivers: readonly Part[];
  processors: readonly Processor<Signal>[];
  exporters: readonly Part[];
  problems: Problem[];
};

function inOrder(id: string, { receivers, processors = [], exporters }: Pipeline<Signal>): Ordered {
  const rank = ({ stage }: Processor<Signal>) => stages.indexOf(stage);
  const given = "inOrder" in processors ? processors.inOrder : processors;
  const sorted = [...given].sort((a, b) => rank(a) - rank(b));
  const late = "inOrder" in processors ? given.find((processor, i) => processor !== sorted[i]) : undefined;
  const problems: Problem[] = [];
  if (late !== undefined) {
    problems.push({
      path: `pipelines.${id}.processors`,
      value: given.map(({ type }) => type),
      reason: `wrong order: ${late.type} is out of place`,
      remedy: `write ${sorted.map(({ type }) => type).join(", ")}, or give a plain list and the order is derived`,
    });
  }
  return { id, receivers, processors: "inOrder" in processors ? given : sorted, exporters, problems };
}

function collect(version: Version, parts: readonly Part[]): { sections: Record<Section, Config>; problems: Problem[] } {
  const sections: Record<Section, Record<string, Config>> = {
    extensions: {},
    receivers: {},
    processors: {},
    exporters: {},
    connectors: {},
  };
  const problems: Problem[] = [];
  for (const part of parts) {
    const section = sections[sectionOf[part.role]!];
    const [id, config] = [idIn(version, part), configIn(version, part)];
    if (id in section && !isDeepStrictEqual(section[id], config)) {
      problems.push({
        path: `${sectionOf[part.role]}.${id}`,
        reason: "two parts of one id differ",
        remedy: "give one of them another name",
      });
    }
    section[id] = config;
  }
  return { sections, problems };
}

/** A connector joins pipelines only where it is the exporter of one and the receiver of another. */
function connectorsUsedOnce(version: Version, pipelines: readonly Ordered[]): Problem[] {
  const ends = (side: "receivers" | "exporters") =>
    new Map(
      pipelines.flatMap((p) =>
        p[side].filter((part) => part.role === "connector").map((part) => [idIn(version, part), part]),
      ),
    );
  const [read, written] = [ends("receivers"), ends("exporters")];
  const lonely = (from: Map<string, Part>, to: Map<string, Part>, reason: string, remedy: string): Problem[] =>
    [...from.keys()].filter((id) => !to.has(id)).map((id) => ({ path: `connectors.${id}`, reason, remedy }));
  return [
    ...lonely(written, read, "no pipeline receives from it", "add it to the receivers of one"),
    ...lonely(read, written, "no pipeline exports to it", "add it to the exporters of one"),
  ];
}

function missingFrom({ name, collector, parts: known }: Distribution, parts: readonly Part[]): Problem[] {
  if (known === undefined) return [];
  return parts
    .filter((part) => !known[sectionOf[part.role]!].includes(typeIn(collector, part)))
    .map((part) => ({
      path: `${sectionOf[part.role]}.${idIn(collector, part)}`,
      reason: `${name} has no ${part.type} ${part.role}`,
      remedy: "run it in an OtelCollector in front",
    }));
}
