import type { Step, Workload } from "../../core/workload";
import { Sealed } from "../planned";
import { isSecret, secretKey } from "./files";
import { namespaceOf, object, type KubernetesObject } from "./objects";
import type { KubernetesOptions } from "./options";

/** Key of a variable of a step. No file has such a key: theirs have an underscore for each slash. */
export const stepKey = ({ name }: Step, variable: string): string => `${name}.${variable}`;

/** Everything secret of a workload, by key: variables by their name, files by their path. */
export function sealedOf({ env, files = {}, first = [] }: Workload): readonly (readonly [string, Sealed])[] {
  const variables = (of: Workload["env"] = {}, keyOf: (name: string) => string) =>
    Object.entries(of).flatMap(([name, value]) =>
      typeof value === "string" ? [] : [[keyOf(name), new Sealed(value)] as const],
    );
  return [
    ...variables(env, (name) => name),
    ...first.flatMap((step) => variables(step.env, (name) => stepKey(step, name))),
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
