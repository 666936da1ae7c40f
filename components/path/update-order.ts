import type { Workload } from "../core/workload";

/** Ports that spans are sent to: of Collectors and Jaeger, of what they wait in, and of the stores of Jaeger. */
const taking: readonly string[] = ["otlp-grpc", "kafka", "search", "cql"];

/** Names of the workloads to which one sends spans; brokers give them to each other too. */
export const takers = ({ name, connects = [] }: Workload): string[] =>
  connects.filter(({ port, workload }) => taking.includes(port) && workload !== name).map(({ workload }) => workload);

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
