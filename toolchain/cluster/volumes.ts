import { join } from "node:path";
import { clusterKubeconfig, clusterProgram, type Node } from "./layout";
import type { KubernetesObject } from "./objects";
import type { Program } from "./processes";

/** Class of all volumes, and the default one. */
export const storageClass: KubernetesObject = {
  apiVersion: "storage.k8s.io/v1",
  kind: "StorageClass",
  metadata: { name: "local", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
  provisioner: "kubernetes.io/no-provisioner",
  volumeBindingMode: "WaitForFirstConsumer",
  // Claims may be asked to grow; nothing here makes them larger than the disk they share.
  allowVolumeExpansion: true,
};

/** Sizes that volumes promise, and how many of each a node has. The folders share one disk: nothing holds them to it. */
const sizes = { "20Gi": 16, "100Gi": 6, "500Gi": 2 } as const;

export interface LocalVolume {
  readonly name: string;
  readonly size: string;
  readonly folder: string;
}

/** Volumes of a node. `local` ones, since a hostPath takes no notice of fsGroup. */
export const volumesOf = ({ name, folder }: Node): LocalVolume[] =>
  Object.entries(sizes).flatMap(([size, count]) =>
    Array.from({ length: count }, (_, i) => {
      const volume = `${name}-${size.toLowerCase()}-${i}`;
      return { name: volume, size, folder: join(folder, "volumes", volume) };
    }),
  );

/** Volumes of a node as objects. */
export const volumeObjects = (node: Node): KubernetesObject[] =>
  volumesOf(node).map(({ name, size, folder }) => ({
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name },
    spec: {
      capacity: { storage: size },
      accessModes: ["ReadWriteOnce"],
      storageClassName: storageClass.metadata.name,
      persistentVolumeReclaimPolicy: "Retain",
      local: { path: folder },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: "kubernetes.io/hostname", operator: "In", values: [node.name] }] },
          ],
        },
      },
    },
  }));

/**
 * Empties volumes whose claim has gone, and offers them again, as a provisioner with the policy Delete would. What an
 * event says may be old: a volume is asked again before it is emptied. Only what lies below the nodes' own folders is
 * ever removed.
 */
export const recycler = (nodesFolder: string): Program => ({
  name: "volume-recycler",
  file: "sh",
  args: ["-c", recycle, "recycler", clusterProgram("kubectl"), clusterKubeconfig(), nodesFolder],
});

const recycle = `
kubectl() { "$program" --kubeconfig "$kubeconfig" "$@"; }
program=$1 kubeconfig=$2 nodes=$3
while sleep 1; do
  kubectl get persistentvolumes --watch --output 'jsonpath={.metadata.name} {.status.phase}{"\\n"}' |
    while read -r name phase; do
      [ "$phase" = Released ] || continue
      now=$(kubectl get persistentvolume "$name" --output 'jsonpath={.status.phase} {.spec.local.path}')
      path=\${now#Released }
      case "$path" in "$nodes"/*/volumes/*) ;; *) continue ;; esac
      rm -rf "$path" && mkdir -p "$path" && chmod 755 "$path"
      kubectl patch persistentvolume "$name" --type json --patch '[{"op":"remove","path":"/spec/claimRef"}]'
    done
done
`;
