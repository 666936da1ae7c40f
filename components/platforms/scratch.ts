import { inBytes } from "../core/units";
import type { Workload } from "../core/workload";

/** Bytes of all scratch volumes: they are memory, and count as the container's own. */
export const scratchBytes = ({ volumes = {} }: Workload): number =>
  Object.values(volumes)
    .map((volume) => (volume.kind === "scratch" ? inBytes(volume.size) : 0))
    .reduce((sum, bytes) => sum + bytes, 0);
