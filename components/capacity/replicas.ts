import { figures } from "./figures";

/** Processes of one hop, and what each may use. */
export interface Processes {
  readonly replicas: number;
  /** CPUs of each, with room above the peak. */
  readonly cpuEach: number;
}

/** As many as carry the peak at the utilisation asked for, and one more, so that one may be away. */
export function replicasFor(cpu: number, cpusPerReplica: number): Processes {
  const needed = cpu / figures.utilisation.value;
  const busy = Math.max(1, Math.ceil(needed / cpusPerReplica));
  return { replicas: busy + 1, cpuEach: roundedCpu(needed / busy) };
}

/** One on each node. */
export const onEveryNode = (cpu: number, nodes: number): Processes => ({
  replicas: nodes,
  cpuEach: roundedCpu(cpu / figures.utilisation.value / nodes),
});

/** Hundredths, rounded up, and at least a tenth. */
export const roundedCpu = (cpu: number): number => Math.max(0.1, Math.ceil(cpu * 100 - 1e-9) / 100);
