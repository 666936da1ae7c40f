import { physicalName } from "../../core/names";
import { within, type Problem } from "../../core/problems";
import { inMebibytes } from "../../core/units";
import type { Workload } from "../../core/workload";
import { mountProblems } from "../check-mounts";
import { portProblems } from "../check-ports";
import { runProblems } from "../check-runs";
import { amountProblems, nameProblems, orderProblems, unknownNeighbours } from "../check-workload";
import { portClashes } from "./check-ports";
import { isAutoscaled, published, replicasOf } from "./container";
import { optionProblems, type DockerHostOptions } from "./options";

/** Everything that keeps one Docker host from running these workloads. */
export const problemsOf = (options: DockerHostOptions, workloads: readonly Workload[]): Problem[] => [
  ...optionProblems(options),
  ...workloads.flatMap((workload) =>
    within(workload.name, [
      ...(workload.problems ?? []),
      ...identity(workload),
      ...placement(workload),
      ...memoryProblems(workload),
      ...amountProblems(workload),
      ...orderProblems(workload),
      ...runProblems(workload),
      ...portProblems(workload),
      ...mountProblems(workload),
      ...owners(workload),
    ]),
  ),
  ...nameClashes(options, workloads),
  ...portClashes(workloads),
];

/** Names that lead to no port of these workloads: of connections, and of addresses. */
export function danglingNames({ bindAddresses = {} }: DockerHostOptions, workloads: readonly Workload[]): Problem[] {
  const outside = workloads.flatMap((workload) => published(workload).map(([port]) => `${workload.name}/${port}`));
  return [
    ...unknownNeighbours(workloads),
    ...Object.keys(bindAddresses)
      .filter((name) => !outside.includes(name))
      .map((name) => ({
        path: `bindAddresses.${name}`,
        reason: "no such port is published",
        remedy: `name one of ${outside.join(", ")}`,
      })),
  ];
}

function identity({ name, access = [] }: Workload): Problem[] {
  const problems = nameProblems(name);
  if (access.length > 0) {
    problems.push({
      path: "access",
      reason: "a Docker host has no Kubernetes API",
      remedy: "remove the parts that need it, or run the stack on Kubernetes",
    });
  }
  return problems;
}

function placement(workload: Workload): Problem[] {
  const replicas = replicasOf(workload);
  const single = (reason: string): Problem => ({
    path: "placement.replicas",
    value: replicas,
    reason,
    remedy: "set replicas to 1",
  });
  if (isAutoscaled(workload)) return [single("a Docker host cannot scale containers with load")];
  if (!Number.isInteger(replicas) || replicas < 1) return [single("not a number of replicas")];
  if (replicas === 1) return [];
  const problems: Problem[] = [];
  if (Object.values(workload.volumes ?? {}).some(({ kind }) => kind === "persistent")) {
    problems.push(single("replicas cannot share a persistent volume"));
  }
  if (published(workload).length > 0) {
    problems.push(single("two containers cannot publish the same port"));
  }
  return problems;
}

function memoryProblems({ memory }: Workload): Problem[] {
  // The engine's own floor. Source: linuxMinMemory in daemon/daemon_unix.go of Docker.
  if (inMebibytes(memory) >= 6) return [];
  return [
    {
      path: "memory",
      value: memory,
      reason: "Docker gives a container at least 6 MiB",
      remedy: 'write more, with its unit, as "256 MiB"',
    },
  ];
}

/** Without its rights, root writes only into what belongs to root. */
function owners({ volumes = {} }: Workload): Problem[] {
  const persistent = Object.entries(volumes).filter(([, { kind }]) => kind === "persistent");
  const shipped = persistent.filter(([, volume]) => "ownedByImage" in volume && volume.ownedByImage);
  if (shipped.length === 0 || shipped.length === persistent.length) return [];
  return shipped.map(([path]) => ({
    path: `volumes.${path}.ownedByImage`,
    reason: "one process cannot write to a folder of the image's user and to a folder of root",
    remedy: "use folders that the image ships for all persistent volumes, or for none",
  }));
}

/** Names that two resources would share: of workloads, or of a workload and a part of another one. */
function nameClashes({ name: stack }: DockerHostOptions, workloads: readonly Workload[]): Problem[] {
  const taken = new Map<string, string>();
  return workloads.flatMap((workload) =>
    Array.from({ length: Math.max(0, replicasOf(workload)) || 0 }, (_, i) => i)
      .map((i) => (i === 0 ? workload.name : `${workload.name}-${i + 1}`))
      .concat(Object.keys(workload.files ?? {}).length > 0 ? [`${workload.name}-files`] : [])
      .concat((workload.first ?? []).map((step) => `${workload.name}-${step.name}`))
      .flatMap((name) => {
        const owner = taken.get(name);
        taken.set(name, workload.name);
        if (owner === undefined) return [];
        return {
          path: `${workload.name}.name`,
          value: workload.name,
          reason: `${owner} already has a container called ${physicalName(stack, name)}`,
          remedy: "give one of them another name",
        };
      }),
  );
}
