import { isName } from "../core/names";
import type { Problem } from "../core/problems";
import { inSeconds } from "../core/units";
import type { Step, Workload } from "../core/workload";

/** What is wrong with what runs to its end: again and again, or before the process starts. */
export const runProblems = (workload: Workload): Problem[] => [...repeatProblems(workload), ...stepProblems(workload)];

function repeatProblems({ repeat, command, ports, health, volumes = {}, placement }: Workload): Problem[] {
  if (repeat === undefined) return [];
  const problems: Problem[] = [];
  const add = (path: string, reason: string, remedy: string) => problems.push({ path, reason, remedy });
  if (!(inSeconds(repeat) >= 1)) {
    add("repeat", "not a length of time", 'write it with its unit, as "1h"');
  }
  if (command === undefined) {
    add(
      "command",
      "missing beside repeat",
      "name the program in the image, as a platform without a schedule starts it",
    );
  }
  if (Object.keys(ports).length > 0) add("ports", "nobody reaches what ends again", "leave them out");
  if (health !== undefined) add("health", "what ends again is not waited for", "leave it out");
  if (placement !== undefined && (placement === "every-node" || placement.replicas !== 1)) {
    add("placement", "two at once would do the same work", "leave it out");
  }
  if (Object.values(volumes).some(({ kind }) => kind === "persistent")) {
    add("volumes", "a job keeps nothing from one run to the next", "use a scratch volume");
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
            reason: "not a name of its own",
            remedy: "use lower case letters, digits and single hyphens, and no name twice",
          },
        ],
  );
}
