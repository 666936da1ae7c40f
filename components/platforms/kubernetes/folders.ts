import { physicalName } from "../../core/names";
import { inBytes, type Size } from "../../core/units";
import type { Workload } from "../../core/workload";
import { controllerKind, namespaceOf, object, type KubernetesObject } from "./objects";
import type { KubernetesOptions } from "./options";
import { bytes } from "./quantities";
import { osLabel } from "./scheduling";

/**
 * What a process on every node keeps is in a folder of its own on that node, `/var/lib/sightline/<stack>/<workload>/<volume>`, so
 * that it outlives the pod. Pod Security `restricted` forbids a pod to name a folder of the machine, and allows claims. So the
 * stack makes two volumes of that one folder, each for one claim, and both for all nodes alike:
 *
 * - `hostPath` with DirectoryOrCreate: the kubelet makes the folder, which belongs to root then;
 * - `local`: the kubelet gives the folder to the group of the pod (`fsGroup`), and cannot make it.
 *
 * On a node that is new the second one fails once and is tried again. Which folder it is says the volume alone, which no
 * account of the stack may change.
 *
 * Source: docs/concepts/storage/volumes.md of the Kubernetes website; pkg/volume/local and pkg/volume/hostpath of Kubernetes.
 */
export const folders = (options: KubernetesOptions, workload: Workload): readonly KubernetesObject[] =>
  controllerKind(workload) !== "DaemonSet"
    ? []
    : Object.values(workload.volumes ?? {}).flatMap((volume) =>
        volume.kind === "persistent"
          ? sources({ path: hostFolder(options, workload.name, volume.name) }).flatMap(([role, source]) =>
              pair(options, workload, [workload.name, volume.name, ...role], volume.size, source),
            )
          : [],
      );

/** A folder of the machine in which a process on every node keeps its data. */
export const hostFolder = ({ name }: KubernetesOptions, workload: string, volume: string): string =>
  `/var/lib/sightline/${name}/${workload}/${volume}`;

/** What makes the folder, by a name of its own, and what is written into. */
const made = "made";

const sources = ({ path }: { readonly path: string }) =>
  [
    [[made], { hostPath: { path, type: "DirectoryOrCreate" } }],
    [
      [],
      {
        local: { path },
        // A volume of this kind has to say where it is. It is on every node.
        nodeAffinity: {
          required: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: osLabel, operator: "In", values: ["linux"] }] }],
          },
        },
      },
    ],
  ] as const;

/** Nothing else makes or takes volumes of no class. */
const noClass = "";

/** Whether an object is a claim with data of its own: what is in a folder stays there, whatever becomes of its claims. */
export const isDataClaim = ({ kind, spec }: { readonly kind: string; readonly spec?: unknown }): boolean =>
  kind === "PersistentVolumeClaim" &&
  (spec as { storageClassName?: unknown } | undefined)?.storageClassName !== noClass;

/** A volume, and the one claim that gets it. They hold no data by themselves: it is in the folder, whatever becomes of them. */
function pair(
  options: KubernetesOptions,
  workload: Workload,
  names: readonly string[],
  size: Size,
  source: object,
): KubernetesObject[] {
  const name = names.join("-");
  const called = physicalName(options.name, name);
  const namespace = namespaceOf(options, workload.placement);
  const both = { storageClassName: noClass, accessModes: ["ReadWriteMany"] };
  const storage = bytes(inBytes(size));
  const kind = "PersistentVolumeClaim";
  return [
    object(options, {
      apiVersion: "v1",
      kind: "PersistentVolume",
      name,
      called,
      workload,
      labels: { "sightline.dev/scope": "cluster" },
      body: {
        spec: {
          ...both,
          capacity: { storage },
          persistentVolumeReclaimPolicy: "Retain",
          claimRef: { apiVersion: "v1", kind, namespace, name },
          ...source,
        },
      },
    }),
    object(options, {
      apiVersion: "v1",
      kind,
      name,
      namespace,
      workload,
      body: { spec: { ...both, volumeName: called, resources: { requests: { storage } } } },
    }),
  ];
}

/** How a pod mounts a folder of its own: one claim to write into, the other, which makes it, beside it and read-only. */
export const folderClaims = (workload: Workload, volume: string) => [
  { name: volume, source: claim(`${workload.name}-${volume}`) },
  {
    name: `${volume}-${made}`,
    source: claim(`${workload.name}-${volume}-${made}`),
    mount: { readOnly: true },
    beside: `-${made}`,
  } as const,
];

const claim = (claimName: string) => ({ persistentVolumeClaim: { claimName } });
