import { inBytes } from "../../core/units";
import type { Volume, Workload } from "../../core/workload";
import { bytes } from "./quantities";
import { controllerKind } from "./objects";
import type { KubernetesOptions } from "./options";

/** Volumes of a pod, and where its container mounts them. */
export interface Mounted {
  readonly volumes: readonly object[];
  readonly mounts: readonly ({ readonly name: string; readonly mountPath: string } & Partial<ReadOnly>)[];
}

/** `readOnly` alone leaves what is mounted below it, such as /run and /dev/shm, open for writing. */
export interface ReadOnly {
  readonly readOnly: true;
  readonly recursiveReadOnly: "IfPossible";
}

/** A folder of the machine in which an agent keeps its data. */
export const hostFolder = ({ name }: KubernetesOptions, workload: string, volume: string): string =>
  `/var/lib/sightline/${name}/${workload}/${volume}`;

/** Everything a workload mounts beside its files. */
export function volumeMounts(options: KubernetesOptions, workload: Workload): Mounted {
  const mounted = Object.entries(workload.volumes ?? {}).map(([mountPath, volume], i) => {
    const { name, source, mount } = sourceOf(options, workload, volume, i);
    return { volumes: source === undefined ? [] : [{ name, ...source }], mount: { name, mountPath, ...mount } };
  });
  return { volumes: mounted.flatMap(({ volumes }) => volumes), mounts: mounted.map(({ mount }) => mount) };
}

interface Source {
  readonly name: string;
  /** Left out where a claim of the controller has that name. */
  readonly source?: object;
  readonly mount?: ReadOnly;
}

function sourceOf(options: KubernetesOptions, workload: Workload, volume: Volume, index: number): Source {
  switch (volume.kind) {
    case "scratch":
      return {
        name: `scratch-${index}`,
        source: { emptyDir: { medium: "Memory", sizeLimit: bytes(inBytes(volume.size)) } },
      };
    case "host":
      return {
        name: `host-${index}`,
        source: { hostPath: { path: volume.path, type: "" } },
        // Without propagation: machines whose mounts are private refuse it, and so does a recursive one.
        mount: { readOnly: true, recursiveReadOnly: "IfPossible" },
      };
    case "persistent":
      return {
        name: volume.name,
        ...(controllerKind(workload) === "DaemonSet" && {
          source: { hostPath: { path: hostFolder(options, workload.name, volume.name), type: "DirectoryOrCreate" } },
        }),
      };
  }
}
