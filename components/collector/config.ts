import { isDeepStrictEqual } from "node:util";
import { addressProblems } from "../core/address";
import type { Config } from "../core/config";
import { merge } from "../core/needs";
import { within, type Problem } from "../core/problems";
import type { Version } from "../core/version";
import type { Needs } from "../core/workload";
import { sectionOf, type Distribution, type Section } from "./distribution";
import { configIn, idIn, stages, type Extension, type Part, type Processor, type Signal } from "./part";
import type { Ordered, Pipeline, Pipelines } from "./pipeline";
import { connectorsUsedOnce, crowdedDisks, missingFrom, portsUsedTwice, refusedTooLate } from "./wiring";

export type { Distribution, Section } from "./distribution";

export interface CollectorConfigArgs {
  readonly distribution: Distribution;
  readonly pipelines: Pipelines;
  /** Memory limiter of each pipeline that has none of its own. @default - none is added */
  readonly limiter?: Processor<Signal>;
  /** Extensions no part refers to, such as a health check. Those that parts refer to are added by themselves. */
  readonly extensions?: readonly Extension[];
  /** Body of `service.telemetry`; a function where keys depend on the Collector's version. */
  readonly telemetry: Config | ((version: Version) => Config);
}

export interface CollectorConfig {
  readonly config: Config;
  /** What all parts together ask of the workload. */
  readonly needs: Required<Needs>;
  /** Feature gates that have to be on, each once. */
  readonly featureGates: readonly string[];
  readonly problems: readonly Problem[];
}

/** Derives every section from the pipelines: they hold parts, not names, so none can be missing or left over. */
export function collectorConfig({
  distribution,
  pipelines,
  limiter,
  extensions = [],
  telemetry,
}: CollectorConfigArgs): CollectorConfig {
  const { collector: version } = distribution;
  const ordered = Object.entries(pipelines).map(([id, pipeline]) => inOrder(id, pipeline as Pipeline<Signal>, limiter));
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
        telemetry: typeof telemetry === "function" ? telemetry(version) : telemetry,
      },
    },
    needs,
    featureGates: [...new Set(parts.flatMap((part) => part.featureGates ?? []))].sort(),
    problems: [
      ...parts.flatMap((part) => within(idIn(version, part), part.problems)),
      ...clashes,
      ...conflicts,
      ...addressProblems(needs.externals),
      ...ordered.flatMap(({ problems }) => problems),
      ...connectorsUsedOnce(version, ordered),
      ...refusedTooLate(version, ordered),
      ...crowdedDisks(version, ordered),
      ...portsUsedTwice(needs.ports),
      ...missingFrom(distribution, parts),
    ],
  };
}

function inOrder(
  id: string,
  { receivers, processors = [], exporters }: Pipeline<Signal>,
  limiter: Processor<Signal> | undefined,
): Ordered {
  const rank = ({ stage }: Processor<Signal>) => stages.indexOf(stage);
  const byHand = "inOrder" in processors;
  const own = byHand ? processors.inOrder : processors;
  const given = limiter === undefined || own.some(({ stage }) => stage === "limit") ? own : [limiter, ...own];
  const sorted = [...given].sort((a, b) => rank(a) - rank(b));
  const late = byHand ? given.find((processor, i) => processor !== sorted[i]) : undefined;
  const problems: Problem[] = [];
  if (late !== undefined) {
    problems.push({
      path: `pipelines.${id}.processors`,
      value: given.map(({ type }) => type),
      reason: `wrong order: ${late.type} is out of place`,
      remedy: `write ${sorted.map(({ type }) => type).join(", ")}, or give a plain list and the order is derived`,
    });
  }
  return { id, receivers, processors: byHand ? given : sorted, exporters, problems };
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
    const section = sections[sectionOf[part.role]];
    const [id, config] = [idIn(version, part), configIn(version, part)];
    if (id in section && !isDeepStrictEqual(section[id], config)) {
      problems.push({
        path: `${sectionOf[part.role]}.${id}`,
        reason: "two components share this id but differ",
        remedy: "give both the same options, or rename one",
      });
    }
    section[id] = config;
  }
  return { sections, problems };
}
