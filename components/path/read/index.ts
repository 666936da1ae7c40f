import { collectorFrom, type Collector } from "./collector";
import type { Finding } from "./finding";
import { embedded } from "./kubernetes";
import { merge } from "./merge";
import type { Node } from "./node";
import { join, type Written } from "./written";
import { readYaml, type ReadFile } from "./yaml";

/** What came of reading: Collectors joined to one path, and what is wrong with the files themselves. */
export interface Reading {
  readonly written: Written;
  readonly findings: readonly Finding[];
  /** Files in the order in which they were named. */
  readonly files: readonly string[];
}

/**
 * Reads configuration that others wrote.
 *
 * @param processes one entry a process: the files of its configuration, which it merges
 * @param readFile text of a file; undefined where there is none
 * @param version minor version of the Collector, 158 for 0.158 @default - not known
 */
export function read(processes: readonly (readonly string[])[], readFile: ReadFile, version?: number): Reading {
  const findings: Finding[] = [];
  const collectors = processes.flatMap((files): Collector[] => {
    const [first = [], ...others] = files.map((file) => variants(file, readFile, findings));
    // Each object of a file of Kubernetes is a process of its own. Files that one process merges hold one each.
    return first.flatMap((root): Collector[] => {
      const collector = collectorFrom(files.join(","), others.flat().reduce(merge, root));
      if ("components" in collector) return [collector];
      findings.push(collector);
      return [];
    });
  });
  return { written: join(collectors, version), findings, files: processes.flat() };
}

/** The configuration in a file, or the several in a file of Kubernetes objects. None where it cannot be read. */
function variants(file: string, readFile: ReadFile, findings: Finding[]): Node[] {
  const content = readFile(file, file);
  if (content === undefined) {
    findings.push(unreadable(file));
    return [];
  }
  const whole = readYaml(file, content, readFile);
  const inside = /^kind: *(ConfigMap|OpenTelemetryCollector)\b/m.test(content)
    ? embedded(content)
        .map((text) => readYaml(file, text, readFile))
        .filter(({ node, findings: broken }) => broken.length > 0 || isCollector(node))
    : [];
  const read = inside.length > 0 ? inside : [whole];
  findings.push(...read.flatMap(({ findings: broken }) => broken));
  return read.flatMap(({ node }) => node ?? []);
}

const isCollector = (node: Node | undefined): boolean => node !== undefined && "components" in collectorFrom("", node);

const unreadable = (file: string): Finding => ({
  code: "unreadable",
  severity: "error",
  at: { file, line: 1, column: 1 },
  path: "--config",
  value: file,
  reason: "cannot be read",
  remedy: "name a file that exists",
});
