import { z } from "zod";
import { quantity } from "../preview/capacity";
import { minus, nothing, plus, podSpec, requestsOf, type Amounts, type PodSpec } from "./pod";

/** A node, and what is left of it. */
export interface Node {
  readonly name: string;
  /** All that pods may ask for. */
  readonly allocatable: Amounts;
  /** What pods of others leave of that. */
  readonly free: Amounts;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  /** It takes no more pods, but for those that run on every node. */
  readonly cordoned: boolean;
}

interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

const text = z.record(z.string(), z.string()).default({});
const nodes = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), labels: text }),
      spec: z
        .object({
          unschedulable: z.boolean().default(false),
          taints: z.array(z.object({ key: z.string(), value: z.string().default(""), effect: z.string() })).default([]),
        })
        .default({ unschedulable: false, taints: [] }),
      status: z.object({ allocatable: text }),
    }),
  ),
});
const pods = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ labels: text }),
      spec: podSpec.extend({ nodeName: z.string().optional() }),
      status: z.object({ phase: z.string().optional() }).default({}),
    }),
  ),
});

/**
 * Reads what `kubectl get nodes` and `kubectl get pods --all-namespaces` print.
 *
 * @param stack whose own pods do not count, since this update keeps or replaces them
 */
export function nodesFrom(nodesText: string, podsText: string, stack: string): Node[] {
  const others = pods
    .parse(JSON.parse(podsText))
    .items.filter(({ status: { phase } }) => phase !== "Succeeded" && phase !== "Failed")
    .filter(({ metadata: { labels } }) => labels["app.kubernetes.io/part-of"] !== stack);
  return nodes
    .parse(JSON.parse(nodesText))
    .items.map(({ metadata: { name, labels }, spec, status: { allocatable } }) => {
      const all = {
        cpu: quantity(allocatable["cpu"]),
        memory: quantity(allocatable["memory"]),
        pods: quantity(allocatable["pods"]),
      };
      const taken = others.filter((pod) => pod.spec.nodeName === name).map((pod) => requestsOf(pod.spec));
      return {
        name,
        allocatable: all,
        free: minus(all, taken.reduce(plus, nothing)),
        labels,
        taints: spec.taints,
        cordoned: spec.unschedulable,
      };
    });
}

/** Whether a node would have pods of this kind, were there room. */
export const takes = ({ labels, taints }: Node, { nodeSelector, tolerations }: PodSpec): boolean =>
  Object.entries(nodeSelector).every(([key, value]) => labels[key] === value) &&
  taints
    .filter(({ effect }) => effect !== "PreferNoSchedule")
    .every((taint) =>
      tolerations.some(
        ({ key, operator, value, effect }) =>
          (effect === undefined || effect === taint.effect) &&
          (key === undefined || key === taint.key) &&
          (operator === "Exists" || (key === taint.key && value === taint.value)),
      ),
    );
