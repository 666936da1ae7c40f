import type { Workload } from "../components/core/workload";

/** Ports that spans are sent to: of Collectors and Jaeger, and of the stores of Jaeger. */
const taking: readonly string[] = ["otlp-grpc", "search", "cql"];

/** Names of the workloads to which one sends spans. */
export const takers = ({ connects = [] }: Workload): string[] =>
  connects.filter(({ port }) => taking.includes(port)).map(({ workload }) => workload);

/** Workloads so that each comes after those to which it sends spans. Spans go round in no circle. */
export function inUpdateOrder(workloads: readonly Workload[]): Workload[] {
  const ordered = new Set<Workload>();
  const add = (workload: Workload): void => {
    for (const name of takers(workload)) workloads.filter((other) => other.name === name).forEach(add);
    ordered.add(workload);
  };
  workloads.forEach(add);
  return [...ordered];
}
