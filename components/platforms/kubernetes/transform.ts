import type { Problem } from "../../core/problems";
import type { KubernetesObject, Manifest } from "./objects";

/** Changes a manifest on its way to the cluster. What it is not meant for it returns as it is. */
export type ManifestTransform = (manifest: Manifest) => Manifest;

/** Objects as a user's function has them. */
export const transformed = (
  objects: readonly KubernetesObject[],
  transform: ManifestTransform = (manifest) => manifest,
): KubernetesObject[] => objects.map((object) => ({ ...object, inputs: transform(object.inputs) }));

/** What other objects find an object by is not a user's to change: it would be another object. */
export const transformProblems = (before: readonly KubernetesObject[], after: readonly KubernetesObject[]): Problem[] =>
  before.flatMap(({ inputs }, i) => {
    const [was, is] = [identity(inputs), identity(after[i]!.inputs)];
    if (was === is) return [];
    const remedy = "return the manifest with the apiVersion, kind, name and namespace that it came with";
    return [{ path: "transform", value: is, reason: `makes another object of ${was}`, remedy }];
  });

const identity = ({ apiVersion, kind, metadata: { namespace = "", name } }: Manifest): string =>
  `${apiVersion} ${kind} ${namespace}/${name}`;
