import type { Problem } from "../../core/problems";
import type { Workload } from "../../core/workload";
import { published } from "./container";

/** Numbers under which two ports would be published. */
export function portClashes(workloads: readonly Workload[]): Problem[] {
  const taken = new Map<string, string>();
  const problems: Problem[] = [];
  for (const workload of workloads) {
    const { name } = workload;
    for (const [key, { port, protocol = "tcp", outside = port }] of published(workload)) {
      const path = `${name}.ports.${key}`;
      const owner = taken.get(`${outside}/${protocol}`);
      if (owner !== undefined) {
        problems.push({
          path: `${path}.outside`,
          value: outside,
          reason: `${owner} is published under the same number`,
          remedy: "give one of them another published port",
        });
      }
      taken.set(`${outside}/${protocol}`, path);
    }
  }
  return problems;
}
