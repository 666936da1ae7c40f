import { isName } from "../core/names";
import type { Problem } from "../core/problems";
import { inSeconds } from "../core/units";
import { isOnEveryNode, type Step, type Workload } from "../core/workload";

/** What is wrong with what runs to its end: again and again, or before the process starts. */
export const runProblems = (workload: Workload): Problem[] => [...repeatProblems(workload), ...stepProblems(workload)];

function repeatProblems({ repeat, command, ports, health, volumes = {}, placement }: Workload): Problem[] {
  if (repeat === undefined) return [];
  const problems: Problem[] = [];
  const add = (path: string, reason: string, remedy: string) => problems.push({ path, reason, remedy });
  if (!(inSeconds(repeat) >= 1)) {
    add("repeat", "not a duration", 'write it with its unit, as "1h"');
  }
  if (command === undefined) {
    add(
      "command",
      "missing, but repeat is set",
      "name the program in the image: a platform without schedules starts it itself",
    );
  }
  if (Object.keys(ports).length > 0) add("ports", "a repeated job cannot have ports", "remove them");
  if (health !== undefined) add("health", "a repeated job has no health check", "remove it");
  if (placement !== undefined && (isOnEveryNode(placement) || placement.replicas !== 1)) {
    add("placement", "a repeated job runs once at a time", "remove it");
  }
  if (Object.values(volumes).some(({ kind }) => kind === "persistent")) {
    add("volumes", "a repeated job keeps no data between runs", "use a scratch volume");
  }
  return problems;
}

function stepProblems({ name: workload, first = [] }: Workload): Problem[] {
  const names = first.map(({ name }) => name);
  return first.flatMap(({ name }: Step, i) =>
    isName(name) && ![workload, "files"].includes(name) && names.indexOf(name) === i
      ? []
      : [
          {
            path: `first.${i}.name`,
            value: name,
            reason: "not a valid, unique name",
            remedy: "use lower case letters, digits and single hyphens, and no name twice",
          },
        ],
  );
}
