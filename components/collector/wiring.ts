import type { Config, Value } from "../core/config";
import type { Problem } from "../core/problems";
import type { Version } from "../core/version";
import type { Port } from "../core/workload";
import { unless } from "./checks";
import { sectionOf, type Distribution } from "./distribution";
import { configIn, idIn, typeIn, type Part } from "./part";
import type { Ordered } from "./pipeline";

/** A connector joins pipelines only where it is the exporter of one and the receiver of another. */
export function connectorsUsedOnce(version: Version, pipelines: readonly Ordered[]): Problem[] {
  const ends = (side: "receivers" | "exporters"): string[] => [
    ...new Set(
      pipelines.flatMap((p) => p[side].filter((part) => part.role === "connector").map((part) => idIn(version, part))),
    ),
  ];
  const [read, written] = [ends("receivers"), ends("exporters")];
  const lonely = (from: string[], to: string[], reason: string, remedy: string): Problem[] =>
    from.filter((id) => !to.includes(id)).map((id) => ({ path: `connectors.${id}`, reason, remedy }));
  return [
    ...lonely(written, read, "no pipeline receives from it", "add it to the receivers of one"),
    ...lonely(read, written, "no pipeline exports to it", "add it to the exporters of one"),
  ];
}

/** Behind a processor that has answered already, a full queue that refuses loses what it refuses. */
export const refusedTooLate = (version: Version, pipelines: readonly Ordered[]): Problem[] =>
  pipelines.flatMap(({ id, processors, exporters }) => {
    const early = processors.find(({ answersEarly }) => answersEarly);
    return early === undefined
      ? []
      : exporters
          .filter((part) => queueIn(version, part)["block_on_overflow"] === false)
          .map((part) => ({
            path: `pipelines.${id}.exporters.${idIn(version, part)}`,
            reason: `${early.type} has already acknowledged data that a full queue refuses, so that data would be lost`,
            remedy: 'set whenFull: "wait" on its queue',
          }));
  });

/** A queue takes a quarter of its disk, and the database beneath wants room too. */
const queuesOnOneDisk = 3;

/** Each exporter has one queue for each signal; those on disk share it. */
export function crowdedDisks(version: Version, pipelines: readonly Ordered[]): Problem[] {
  const queues = pipelines.flatMap(({ id, exporters }) =>
    exporters
      .filter((part) => "storage" in queueIn(version, part))
      .map((part) => `${idIn(version, part)} for ${id.split("/")[0]}`),
  );
  const distinct = [...new Set(queues)];
  return unless(distinct.length <= queuesOnOneDisk, {
    path: "pipelines",
    value: distinct,
    reason: "together these queues can fill the disk they share",
    remedy: `keep at most ${queuesOnOneDisk} of them on disk, the others in memory`,
  });
}

function queueIn(version: Version, part: Part): Config {
  const queue = configIn(version, part)["sending_queue"];
  return isConfig(queue) ? queue : {};
}

const isConfig = (value: Value): value is Config =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Two parts that listen on one port are found when the second starts, not before. */
export function portsUsedTwice(ports: Readonly<Record<string, Port>>): Problem[] {
  const all = Object.entries(ports);
  const same = (a: Port, b: Port) => a.port === b.port && (a.protocol ?? "tcp") === (b.protocol ?? "tcp");
  return all.flatMap(([name, port], i) =>
    all
      .slice(0, i)
      .filter(([, other]) => same(port, other))
      .map(([other]) => ({
        path: `ports.${name}`,
        value: port.port,
        reason: `${other} listens on the same port`,
        remedy: "remove one of them, or give it another port",
      })),
  );
}

/** Parts that the program was built without. */
export function missingFrom({ name, collector, parts: known }: Distribution, parts: readonly Part[]): Problem[] {
  if (known === undefined) return [];
  return parts
    .filter((part) => !known[sectionOf[part.role]].includes(typeIn(collector, part)))
    .map((part) => ({
      path: `${sectionOf[part.role]}.${idIn(collector, part)}`,
      reason: `${name} has no ${part.type} ${part.role}`,
      remedy: "run it in a separate OtelCollector in front",
    }));
}
