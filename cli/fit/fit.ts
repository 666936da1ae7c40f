import type { Problem } from "../../components/core/problems";
import type { Pods } from "./demand";
import { takes, type Node } from "./nodes";
import { holds, minus, nothing, plus, times, type Amounts } from "./pod";
import { amount, settingOf, sized, type Resource } from "./words";

/** What becomes of pods on nodes. */
export interface Fit {
  /** Why they do not fit, in whatever order they come. */
  readonly problems: readonly Problem[];
  /** Why they may not fit. */
  readonly notes: readonly string[];
  /** What is asked for, and what is free. */
  readonly figures: string;
}

const resources = ["cpu", "memory", "pods"] as const;

/**
 * Whether pods fit on nodes beside those of others. Refused is what no scheduler could place: more than is free in all, a
 * pod larger than what is free on any node, or no room for a pod that every node has to run.
 */
export function fit(pods: readonly Pods[], nodes: readonly Node[]): Fit {
  const everywhere = pods.filter(({ count }) => count === "every-node");
  const others = pods.filter((kind): kind is Counted => kind.count !== "every-node");
  const left = nodes.map((node) => {
    const own = everywhere.filter(({ spec }) => takes(node, spec)).map(({ each }) => each);
    return { ...node, free: minus(node.free, own.reduce(plus, nothing)) };
  });
  const open = left.filter(({ cordoned }) => !cordoned);
  const problems = [
    ...everywhere.flatMap((kind) => crowdedNodes(kind, nodes)),
    ...others.flatMap((kind) => tooLarge(kind, open)),
    ...resources.flatMap((resource) => tooMuch(resource, others, open)),
  ];
  return {
    problems,
    notes: problems.length === 0 && !packs(others, open) ? [fragmented] : [],
    figures: `the stack requests ${amounts(total(pods, nodes))}; nodes have ${amounts(free(nodes))} free`,
  };
}

/** Stacks that ask for more are pointed to the one that is made for so many. */
const trialCpus = 2;

interface Counted extends Pods {
  readonly count: number;
}

const fragmented =
  "whether the scheduler finds a place for every pod: there is room enough, in pieces of which no order tried fits all";

/** A pod that every node runs, and no room for it on some. */
function crowdedNodes({ workload, each, spec }: Pods, nodes: readonly Node[]): Problem[] {
  const crowded = nodes.filter((node) => takes(node, spec) && !holds(node.free, each));
  return resources.flatMap((resource) => {
    const short = crowded.filter(({ free: has }) => !holds({ ...each, [resource]: has[resource] }, each));
    const [first] = short;
    if (first === undefined) return [];
    const more = short.length === 1 ? "" : `, and ${short.length - 1} more nodes have too little`;
    return [
      {
        path: settingOf(resource, workload),
        value: amount(resource, each[resource]),
        reason: `every node runs one, but ${first.name} has ${amount(resource, first.free[resource])} free of ${amount(resource, first.allocatable[resource])}${more}`,
        remedy: "request less, or free resources on that node",
      },
    ];
  });
}

/** A pod for which no node has room, however empty the others are. */
function tooLarge({ workload, each, spec }: Counted, nodes: readonly Node[]): Problem[] {
  const fitting = nodes.filter((node) => takes(node, spec));
  if (fitting.length === 0) {
    const remedy = "remove a taint, uncordon a node, or add nodes";
    return [{ path: workload, reason: `none of the ${nodes.length} schedulable nodes accepts its pods`, remedy }];
  }
  if (fitting.some(({ free: has }) => holds(has, each))) return [];
  return resources.flatMap((resource) => {
    const best = fitting.reduce((a, b) => (b.free[resource] > a.free[resource] ? b : a));
    return holds({ ...each, [resource]: best.free[resource] }, each)
      ? []
      : [
          {
            path: settingOf(resource, workload),
            value: amount(resource, each[resource]),
            reason: `no node has enough free: ${best.name} has the most, ${amount(resource, best.free[resource])} of ${amount(resource, best.allocatable[resource])}`,
            remedy: "request less, or add a larger node",
          },
        ];
  });
}

/** More than all nodes together have free. */
function tooMuch(resource: Resource, pods: readonly Counted[], nodes: readonly Node[]): Problem[] {
  const taking = nodes.filter((node) => pods.some(({ spec }) => takes(node, spec)));
  const [asked, has] = [total(pods, []), free(taking)];
  if (taking.length === 0 || holds({ ...asked, [resource]: has[resource] }, asked)) return [];
  const largest = pods
    .filter(({ count, each }) => count * each[resource] > 0)
    .toSorted((a, b) => b.count * b.each[resource] - a.count * a.each[resource])
    .slice(0, 4)
    .map(({ workload, count, each }) => `${settingOf(resource, workload)} (${sized(resource, count, each[resource])})`);
  const all = amount(
    resource,
    taking.map(({ allocatable }) => allocatable[resource]).reduce((a, b) => a + b, 0),
  );
  return [
    {
      path: resource,
      reason: `the stack requests ${amount(resource, asked[resource])}, and ${taking.length === 1 ? `${taking[0]!.name} has` : `${taking.length} nodes have`} ${amount(resource, has[resource])} free of ${all}`,
      remedy:
        resource === "pods"
          ? "lower gateway.replicas or sampler.replicas, or add nodes"
          : `lower ${largest.join(", ")}, or add nodes${asked.cpu > trialCpus ? "; Pulumi.trial.yaml has sizes for 2 CPUs" : ""}`,
    },
  ];
}

/** Pods that run on every node are counted for these nodes. */
const total = (pods: readonly Pods[], nodes: readonly Node[]): Amounts =>
  pods
    .map(({ count, each, spec }) =>
      times(count === "every-node" ? nodes.filter((node) => takes(node, spec)).length : count, each),
    )
    .reduce(plus, nothing);

const free = (nodes: readonly Node[]): Amounts => nodes.map((node) => node.free).reduce(plus, nothing);

const amounts = (of: Amounts): string =>
  `${amount("cpu", of.cpu)}, ${amount("memory", of.memory)} and ${amount("pods", of.pods)}`;

/** Whether pods go into nodes, the largest first, each where it leaves least. */
function packs(pods: readonly Counted[], nodes: readonly Node[]): boolean {
  const [cpu, memory] = [free(nodes).cpu || 1, free(nodes).memory || 1];
  const share = ({ each }: Counted) => Math.max(each.cpu / cpu, each.memory / memory);
  const room = nodes.map((node) => ({ node, free: node.free }));
  return pods
    .flatMap((kind) => Array.from({ length: kind.count }, () => kind))
    .toSorted((a, b) => share(b) - share(a))
    .every(({ each, spec }) => {
      const fitting = room.filter(({ node, free: has }) => takes(node, spec) && holds(has, each));
      const [tightest] = fitting.toSorted((a, b) => a.free.cpu / cpu - b.free.cpu / cpu);
      if (tightest !== undefined) tightest.free = minus(tightest.free, each);
      return tightest !== undefined;
    });
}
