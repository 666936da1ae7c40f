import { z } from "zod";
import { quantity } from "../preview/capacity";

/** What a node has, or pods ask for. */
export interface Amounts {
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
  readonly pods: number;
}

export const plus = (a: Amounts, b: Amounts): Amounts => ({
  cpu: a.cpu + b.cpu,
  memory: a.memory + b.memory,
  pods: a.pods + b.pods,
});
export const times = (n: number, { cpu, memory, pods }: Amounts): Amounts => ({
  cpu: n * cpu,
  memory: n * memory,
  pods: n * pods,
});
export const minus = (a: Amounts, b: Amounts): Amounts => plus(a, times(-1, b));
export const nothing: Amounts = { cpu: 0, memory: 0, pods: 0 };

/** Whether there is room for it. Thousandths of a CPU are the finest that the scheduler counts. */
export const holds = (free: Amounts, asked: Amounts): boolean =>
  free.cpu - asked.cpu > -5e-4 && free.memory >= asked.memory && free.pods >= asked.pods;

const requests = z.record(z.string(), z.union([z.string(), z.number()])).default({});
const container = z.object({
  resources: z.object({ requests }).default({ requests: {} }),
  restartPolicy: z.string().optional(),
});

/** As much of a pod's `spec` as says where it fits. */
export const podSpec = z.object({
  containers: z.array(container).default([]),
  initContainers: z.array(container).default([]),
  overhead: requests,
  nodeSelector: z.record(z.string(), z.string()).default({}),
  tolerations: z
    .array(
      z.object({
        key: z.string().optional(),
        operator: z.string().default("Equal"),
        value: z.string().default(""),
        effect: z.string().optional(),
      }),
    )
    .default([]),
});
export type PodSpec = z.infer<typeof podSpec>;

/**
 * What the scheduler counts for a pod: its containers together, or the largest of those that run before them, if that is
 * more.
 *
 * Source: https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers
 */
export function requestsOf({ containers, initContainers, overhead }: PodSpec): Amounts {
  const isSidecar = ({ restartPolicy }: z.infer<typeof container>) => restartPolicy === "Always";
  const amountsOf = (held: Readonly<Record<string, unknown>>): Amounts => ({
    cpu: quantity(held["cpu"]),
    memory: quantity(held["memory"]),
    pods: 0,
  });
  const each = (all: readonly z.infer<typeof container>[]) => all.map(({ resources }) => amountsOf(resources.requests));
  const before = each(initContainers.filter((init) => !isSidecar(init)));
  const beside = each(initContainers.filter(isSidecar)).reduce(plus, nothing);
  const running = each(containers).reduce(plus, beside);
  const most = (key: "cpu" | "memory") => Math.max(running[key], ...before.map((init) => init[key] + beside[key]));
  return plus({ cpu: most("cpu"), memory: most("memory"), pods: 1 }, amountsOf(overhead));
}
