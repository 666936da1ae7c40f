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
      remedy: "write a whole number from 1, or leave the workload out",
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
      add(`placement.replicas.${key}`, value, "not a number of replicas", "write a whole number from 1");
    }
  }
  if (min > max) {
    add("placement.replicas.min", min, `more than max, which is ${max}`, "write the smaller number as min");
  }
  if (!isWhole(cpuPercent)) {
    add("placement.replicas.cpuPercent", cpuPercent, "not a whole percentage", "write a number above 0, as 70");
  }
  if (workload.cpu === undefined) {
    add("cpu", undefined, "load is measured against it, and there is none", "say what one pod may count on, as 0.5");
  }
  if (Object.values(workload.volumes ?? {}).some(({ kind }) => kind === "persistent")) {
    add(
      "placement.replicas",
      scale,
      "pods with data of their own cannot come and go by load: what is on the claim of one that goes is not sent",
      "set a number of replicas, or leave out the persistent volume",
    );
  }
  return problems;
}

/** Pod Security forbids folders of the machine to everything but agents. */
const hostFolderProblems = ({ placement, volumes = {} }: Workload): Problem[] =>
  placement === "every-node"
    ? []
    : Object.entries(volumes)
        .filter(([, { kind }]) => kind === "host")
        .map(([path]) => ({
          path: `volumes.${path}`,
          reason: "a folder of the machine, which only what runs on every node may see",
          remedy: 'set placement to "every-node", or leave it out',
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
      return { ...problem, reason: "drains leave what runs on every node alone", remedy: "leave it out" };
    }
    if (!Number.isInteger(least) || least < 0) {
      return { ...problem, reason: "not a number of pods", remedy: "write a whole number from 0" };
    }
    if (least < running) return [];
    return {
      ...problem,
      reason: `no drain could take one of ${running}, so none of their nodes could be emptied`,
      remedy: running > 1 ? `write ${running - 1} or less, or add replicas` : "leave it out, or add replicas",
    };
  });
