import type { Problem } from "../../core/problems";
import type { Workload } from "../../core/workload";
import { claimNames } from "./claims";
import { controllerKind, peersOf } from "./objects";
import { needsPeers } from "./services";

/** Names that two objects of one kind would share. */
export function nameClashes(workloads: readonly Workload[]): Problem[] {
  const taken = new Map<string, string>();
  return workloads.flatMap((workload) =>
    namesOf(workload).flatMap((name) => {
      const owner = taken.get(name);
      taken.set(name, workload.name);
      if (owner === undefined) return [];
      return {
        path: `${workload.name}.name`,
        value: workload.name,
        reason: `${owner} already has a ${name}`,
        remedy: "give one of them another name",
      };
    }),
  );
}

/** Objects of a workload that are not called after it alone, and one that is. */
const namesOf = (workload: Workload): readonly string[] => [
  `Service ${workload.name}`,
  ...(needsPeers(workload) ? [`Service ${peersOf(workload.name)}`] : []),
  ...(controllerKind(workload) === "StatefulSet" ? Object.values(workload.volumes ?? {}) : []).flatMap((volume) =>
    volume.kind === "persistent"
      ? claimNames(workload, volume.name).map((name) => `PersistentVolumeClaim ${name}`)
      : [],
  ),
];
