import { childName, physicalName } from "../../core/names";
import { inBytes } from "../../core/units";
import type { Volume, Workload } from "../../core/workload";
import { labels, refer, type DockerObject } from "./objects";

type Persistent = Extract<Volume, { kind: "persistent" }>;

/** The named volume behind each persistent volume. Docker cannot hold it to its size: watch the disk. */
export const dataVolumes = (stack: string, { name, volumes = {} }: Workload): readonly DockerObject[] =>
  Object.values(volumes)
    .filter((volume) => volume.kind === "persistent")
    .map((volume) => dataVolume(stack, name, volume));

const dataVolume = (stack: string, workload: string, { name }: Persistent): DockerObject => ({
  type: "docker:index/volume:Volume",
  name: childName(workload, name),
  inputs: { name: physicalName(stack, workload, name), labels: labels(stack, { workload, holds: "data" }) },
  keep: true,
});

/** How containers of a workload mount its volumes. */
export const mountsOf = (stack: string, { name, volumes = {} }: Workload) =>
  Object.entries(volumes).map(([target, volume]) => {
    switch (volume.kind) {
      case "scratch":
        return { type: "tmpfs", target, tmpfsOptions: { sizeBytes: inBytes(volume.size) } };
      case "persistent":
        return { type: "volume", target, source: refer(dataVolume(stack, name, volume), "name") };
      case "host":
        return { type: "bind", target, source: volume.path, readOnly: true };
    }
  });

/**
 * A new volume belongs to root, so a process that is to write into one runs as root, without any of its rights. Where
 * the image ships the folder, Docker gives the volume its owner, and the process stays who it is.
 */
export const userOf = ({ image, volumes = {} }: Workload): string =>
  Object.values(volumes).some((volume) => volume.kind === "persistent" && !volume.ownedByImage) ? "0:0" : image.user;
