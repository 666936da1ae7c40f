import { z } from "zod";
import type { Problem } from "../../components/core/problems";
import { quantity } from "../preview/capacity";
import type { Claim } from "./demand";
import { sizeOf } from "./words";

/** A volume that nobody has claimed. */
export interface FreeVolume {
  readonly name: string;
  readonly storageClass: string;
  /** As the volume has it: `20Gi`. */
  readonly storage: string;
}

const volumes = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      spec: z.object({
        storageClassName: z.string().default(""),
        capacity: z.record(z.string(), z.string()).default({}),
      }),
      status: z.object({ phase: z.string().optional() }).default({}),
    }),
  ),
});

/** Reads what `kubectl get persistentvolumes` prints. */
export const freeVolumesFrom = (text: string): FreeVolume[] =>
  volumes
    .parse(JSON.parse(text))
    .items.filter(({ status: { phase } }) => phase === "Available")
    .map(({ metadata: { name }, spec: { storageClassName, capacity } }) => ({
      name,
      storageClass: storageClassName,
      storage: capacity["storage"] ?? "0",
    }));

/**
 * Claims for which a class has no volume, where it makes none: the largest goes with the largest, the next with the next,
 * and where that fails no other way succeeds.
 */
export function unclaimable(claims: readonly Claim[], storageClass: string, free: readonly FreeVolume[]): Problem[] {
  const bySize = (a: { readonly storage: string }, b: { readonly storage: string }) =>
    quantity(b.storage) - quantity(a.storage);
  const offered = free.filter((volume) => volume.storageClass === storageClass).toSorted(bySize);
  return claims.toSorted(bySize).flatMap(({ namespace, name, storage, workload }, i) => {
    const volume = offered[i];
    if (volume !== undefined && quantity(volume.storage) >= quantity(storage)) return [];
    const has = volume === undefined ? `it has ${offered.length}` : `the next largest has ${volume.storage}`;
    return [
      {
        path: `claim ${namespace}/${name}`,
        value: storage,
        reason: `class ${storageClass} provisions no volumes, and of the free ones ${has}`,
        remedy:
          workload === "grafana" ? "add a volume, or set grafana: false" : `lower ${sizeOf(workload)}, or add a volume`,
      },
    ];
  });
}
