import { inBytes } from "../../core/units";
import type { Volume, Workload } from "../../core/workload";
import { bytes } from "./quantities";
import { folderClaims } from "./folders";
import { controllerKind } from "./objects";

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

/** Everything a workload mounts beside its files. */
export function volumeMounts(workload: Workload): Mounted {
  const mounted = Object.entries(workload.volumes ?? {}).flatMap(([mountPath, volume], i) =>
    sourcesOf(workload, volume, i).map(({ name, source, mount, beside = "" }) => ({
      volumes: source === undefined ? [] : [{ name, ...source }],
      mount: { name, mountPath: `${mountPath}${beside}`, ...mount },
    })),
  );
  return { volumes: mounted.flatMap(({ volumes }) => volumes), mounts: mounted.map(({ mount }) => mount) };
}

interface Source {
  readonly name: string;
  /** Left out where a claim of the controller has that name. */
  readonly source?: object;
  readonly mount?: Partial<ReadOnly>;
  /** End of the path, where it is not mounted at the path itself. */
  readonly beside?: string;
}

function sourcesOf(workload: Workload, volume: Volume, index: number): Source[] {
  switch (volume.kind) {
    case "scratch":
      return [
        {
          name: `scratch-${index}`,
          source: { emptyDir: { medium: "Memory", sizeLimit: bytes(inBytes(volume.size)) } },
        },
      ];
    case "host":
      return [
        {
          name: `host-${index}`,
          source: { hostPath: { path: volume.path, type: "" } },
          // Without propagation: machines whose mounts are private refuse it, and so does a recursive one.
          mount: { readOnly: true, recursiveReadOnly: "IfPossible" },
        },
      ];
    case "persistent":
      return controllerKind(workload) === "DaemonSet" ? folderClaims(workload, volume.name) : [{ name: volume.name }];
  }
}
