import { childName } from "../../core/names";
import { inBytes } from "../../core/units";
import type { Workload } from "../../core/workload";
import { controllerKind, namespaceOf, object, replicasOf, type KubernetesObject } from "./objects";
import type { KubernetesOptions } from "./options";
import { bytes } from "./quantities";

/** Names of the claims of one volume, one for each pod, as a StatefulSet looks for them. */
export const claimNames = (workload: Workload, volume: string): readonly string[] =>
  Array.from({ length: replicasOf(workload) ?? 1 }, (_, i) => `${volume}-${workload.name}-${i}`);

/**
 * The claims of a StatefulSet, as objects of their own: it takes those it finds. A template can never change, but a claim
 * that is an object can grow.
 */
export const claims = (options: KubernetesOptions, workload: Workload): readonly KubernetesObject[] =>
  persistentOf(workload).flatMap((volume) =>
    claimNames(workload, volume.name).map((called, i) =>
      object(options, {
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        name: childName(workload.name, `${volume.name}-${i}`),
        called,
        namespace: namespaceOf(options, workload.placement),
        workload,
        keep: true,
        // Many classes bind a claim to a volume only when a pod asks for it.
        annotations: { "pulumi.com/skipAwait": "true" },
        body: { spec: claimSpec(options, volume.size) },
      }),
    ),
  );

/** What a StatefulSet names its claims after, and makes the missing ones from. */
export const claimTemplates = (options: KubernetesOptions, workload: Workload) =>
  persistentOf(workload).map(({ name, size }) => ({ metadata: { name }, spec: claimSpec(options, size) }));

const persistentOf = (workload: Workload) =>
  controllerKind(workload) === "StatefulSet"
    ? Object.values(workload.volumes ?? {}).filter((volume) => volume.kind === "persistent")
    : [];

const claimSpec = ({ storageClass }: KubernetesOptions, size: Parameters<typeof inBytes>[0]) => ({
  accessModes: ["ReadWriteOnce"],
  ...(storageClass !== undefined && { storageClassName: storageClass }),
  resources: { requests: { storage: bytes(inBytes(size)) } },
});
