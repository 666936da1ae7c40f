import type { Problem } from "../../core/problems";
import type { Workload } from "../../core/workload";
import { fewest } from "./disruption";
import { autoscaleOf, replicasOf } from "./objects";
import type { KubernetesOptions } from "./options";

const isWhole = (number: number): boolean => Number.isInteger(number) && number >= 1;

/** What is wrong with how many pods run, and where. */
export const placementProblems = (workload: Workload): Problem[] => [
  ...replicaProblems(workload),
  ...autoscaleProblems(workload),
  ...hostFolderProblems(workload),
];

function replicaProblems(workload: Workload): Problem[] {
  const replicas = replicasOf(workload);
  if (replicas === undefined || isWhole(replicas)) return [];
  return [
    {
      path: "placement.replicas",
      value: replicas,
      reason: "not a number of replicas",
      remedy: "write 1 or more, or remove the workload",
    },
  ];
}

function autoscaleProblems(workload: Workload): Problem[] {
  const scale = autoscaleOf(workload);
  if (scale === undefined) return [];
  const { min, max, cpuPercent } = scale;
  const problems: Problem[] = [];
  const add = (path: string, value: unknown, reason: string, remedy: string) =>
    problems.push({ path, ...(value !== undefined && { value }), reason, remedy });
  for (const [key, value] of Object.entries({ min, max })) {
    if (!isWhole(value)) {
      add(`placement.replicas.${key}`, value, "not a number of replicas", "write a whole number of 1 or more");
    }
  }
  if (min > max) {
    add("placement.replicas.min", min, `more than max, which is ${max}`, "write the smaller number as min");
  }
  if (!isWhole(cpuPercent)) {
    add("placement.replicas.cpuPercent", cpuPercent, "not a whole percentage", "write a number above 0, as 70");
  }
  if (workload.cpu === undefined) {
    add(
      "cpu",
      undefined,
      "missing: load is measured relative to the CPU request",
      "write the CPU request of one pod, as 0.5",
    );
  }
  if (Object.values(workload.volumes ?? {}).some(({ kind }) => kind === "persistent")) {
    add(
      "placement.replicas",
      scale,
      "pods with their own data cannot be autoscaled: data on the claim of a removed pod is not sent",
      "write a fixed number of replicas, or remove the persistent volume",
    );
  }
  return problems;
}

/** Pod Security forbids files of the machine to everything else. */
const hostFolderProblems = ({ placement, volumes = {} }: Workload): Problem[] =>
  placement === "reads-every-node"
    ? []
    : Object.entries(volumes)
        .filter(([, { kind }]) => kind === "host")
        .map(([path]) => ({
          path: `volumes.${path}`,
          reason: "a file or folder of the machine, which only what is there to read it may see",
          remedy: 'set placement to "reads-every-node", or remove it',
        }));

/** Budgets that no drain could ever keep to. */
export const disruptionProblems = (
  { minAvailable = {} }: KubernetesOptions,
  workloads: readonly Workload[],
): Problem[] =>
  workloads.flatMap((workload) => {
    const least = minAvailable[workload.name];
    if (least === undefined) return [];
    const problem = { path: `minAvailable.${workload.name}`, value: least };
    const running = fewest(workload);
    if (running === undefined) {
      return { ...problem, reason: "drains skip workloads that run on every node", remedy: "remove it" };
    }
    if (!Number.isInteger(least) || least < 0) {
      return { ...problem, reason: "not a number of pods", remedy: "write a whole number of 0 or more" };
    }
    if (least < running) return [];
    return {
      ...problem,
      reason: `with ${running} running, no pod could be evicted, so their nodes could not be drained`,
      remedy: running > 1 ? `write ${running - 1} or less, or add replicas` : "remove it, or add replicas",
    };
  });
