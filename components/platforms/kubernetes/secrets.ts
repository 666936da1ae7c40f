import type { Workload } from "../../core/workload";
import { Sealed } from "../planned";
import { isSecret, secretKey } from "./files";
import { namespaceOf, object, type KubernetesObject } from "./objects";
import type { KubernetesOptions } from "./options";

/** Everything secret of a workload, by key: variables by their name, files by their path. */
export function sealedOf({ env = {}, files = {} }: Workload): readonly (readonly [string, Sealed])[] {
  return [
    ...Object.entries(env).flatMap(([name, value]) =>
      typeof value === "string" ? [] : [[name, new Sealed(value)] as const],
    ),
    ...Object.entries(files).flatMap(([path, file]) =>
      isSecret(file) ? [[secretKey(path), new Sealed(file)] as const] : [],
    ),
  ];
}

/**
 * The Secret of a workload that has anything secret. Its name stays: what is in it is not known before the engine runs,
 * so no name can follow from it.
 */
export function secretOf(options: KubernetesOptions, workload: Workload): readonly KubernetesObject[] {
  const sealed = sealedOf(workload);
  if (sealed.length === 0) return [];
  return [
    object(options, {
      apiVersion: "v1",
      kind: "Secret",
      name: workload.name,
      namespace: namespaceOf(options, workload.placement),
      workload,
      body: { type: "Opaque", stringData: Object.fromEntries(sealed) },
    }),
  ];
}
