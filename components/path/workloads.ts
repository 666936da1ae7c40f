import { inBytes } from "../core/units";
import type { Workload } from "../core/workload";
import type { PathGraph } from "./graph";
import { collectorFrom, type Collector } from "./read/collector";
import { join, type Written } from "./read/written";
import { readYaml } from "./read/yaml";
import { graphOf, type Known } from "./written-graph";

/** Programs whose configuration says what they do with data. */
const programs = ["collector:OtelCollector", "jaeger:Jaeger"];

/** The configuration of Collectors and Jaegers among workloads, as they will read it; a process is named as its workload. */
export const writtenBy = (workloads: readonly Workload[], version?: number): Written =>
  join(
    workloads.filter(({ component }) => programs.includes(component)).flatMap((workload) => processOf(workload)),
    version,
  );

function processOf({ name, files = {} }: Workload): Collector[] {
  return Object.entries(files).flatMap(([path, file]) => {
    if (!path.endsWith(".yaml") || !("content" in file)) return [];
    const { node } = readYaml(`${name}${path}`, file.content, () => undefined);
    const collector = node && collectorFrom(name, node);
    return collector && "components" in collector ? [collector] : [];
  });
}

/**
 * The path that described workloads make: read from the configuration that will run, so that it says nothing else.
 *
 * @param stores what is known of those where data ends, by workload @default - nothing
 */
export const pathOf = (
  workloads: readonly Workload[],
  stores: Readonly<Record<string, Pick<Known, "window" | "takes">>> = {},
): PathGraph =>
  graphOf(
    writtenBy(workloads),
    Object.fromEntries(
      workloads.map(({ name, memory, connects = [] }): [string, Known] => [
        name,
        {
          memory: inBytes(memory),
          connects: connects.map(({ workload, number }) => ({ name: workload, port: number })),
          ...stores[name],
        },
      ]),
    ),
  );
