import { isName } from "../core/names";
import type { Problem } from "../core/problems";
import { inSeconds } from "../core/units";
import type { Workload } from "../core/workload";

/** What is wrong with a name that becomes part of names on the engine. */
export const nameProblems = (name: string): Problem[] =>
  isName(name)
    ? []
    : [
        {
          path: "name",
          value: name,
          reason: "not a name",
          remedy: "use lower case letters, digits and single hyphens, at most 40",
        },
      ];

/** Connections that lead to no port of these workloads. */
export function unknownNeighbours(workloads: readonly Workload[]): Problem[] {
  const known = new Map(workloads.map((workload) => [workload.name, workload]));
  return workloads.flatMap(({ name, connects = [] }) =>
    connects
      .filter(({ workload, port, number }) => known.get(workload)?.ports[port]?.port !== number)
      .map(({ workload, port, number }) => ({
        path: `${name}.connects`,
        value: `${workload}.${port}:${number}`,
        reason: known.has(workload) ? `${workload} has no such port` : "no such workload",
        remedy: "add it to the stack, or give the address of an external one",
      })),
  );
}

/** What is wrong with the order in which processes start. */
export function orderProblems({ inTurn, awaited, health, volumes = {} }: Workload): Problem[] {
  const problems: Problem[] = [];
  if (inTurn && !Object.values(volumes).some(({ kind }) => kind === "persistent")) {
    problems.push({
      path: "inTurn",
      reason: "only workloads with a persistent volume start in order",
      remedy: "remove it, or give it a persistent volume",
    });
  }
  if (awaited && health?.command === undefined) {
    problems.push({
      path: "awaited",
      reason: "not every platform can tell when it is ready",
      remedy: "give it a health command",
    });
  }
  return problems;
}

/** What is wrong with the CPUs and the times of a workload. How little memory will do depends on the platform. */
export function amountProblems({ cpu, grace = "30s", drain = "0s", health }: Workload): Problem[] {
  const problems: Problem[] = [];
  if (cpu !== undefined && !(cpu > 0)) {
    problems.push({
      path: "cpu",
      value: cpu,
      reason: "not a number of CPUs",
      remedy: "write a number above 0, as 0.5",
    });
  }
  const durations = { grace, "health.startup": health?.startup ?? "60s" } as const;
  const wrong = Object.entries(durations).filter(([, value]) => !(inSeconds(value) > 0));
  if (!(inSeconds(drain) >= 0)) wrong.push(["drain", drain]);
  return [
    ...problems,
    ...wrong.map(([path, value]) => ({
      path,
      value,
      reason: "not a duration",
      remedy: 'write it with its unit, as "30s"',
    })),
  ];
}
