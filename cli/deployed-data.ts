import { isDataClaim } from "../components/platforms/kubernetes/folders";
import { deployedState } from "./deployed-state";
import { at, isDataVolume } from "./preview/kinds";
import type { Stack } from "./stack";

/** Something that a stack's state knows and that must stay for data to stay. */
export interface DeployedData {
  readonly urn: string;
  /** As {@link Held} calls it. */
  readonly kind: "volume" | "persistentvolumeclaim" | "namespace";
  readonly name: string;
  /** @default - it is in none */
  readonly namespace?: string;
}

/** What holds data by the state of a stack: on Kubernetes, claims and the namespaces they are in. Nothing where there is no state. */
export async function deployedData(stack: Pick<Stack, "name" | "read">): Promise<DeployedData[]> {
  return (await deployedState(stack)).resources.flatMap(({ urn, type, inputs }): DeployedData[] => {
    if (type === "docker:index/volume:Volume" && isDataVolume(inputs)) {
      return [{ urn, kind: "volume", name: String(inputs["name"]) }];
    }
    const called = String(at(inputs, "metadata", "name"));
    if (type === "kubernetes:core/v1:Namespace") return [{ urn, kind: "namespace", name: called }];
    const namespace = String(at(inputs, "metadata", "namespace"));
    return type.endsWith(":PersistentVolumeClaim") &&
      isDataClaim({ kind: "PersistentVolumeClaim", spec: inputs["spec"] })
      ? [{ urn, kind: "persistentvolumeclaim", name: called, namespace }]
      : [];
  });
}
