import { z } from "zod";
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

const state = z.object({
  deployment: z
    .object({
      resources: z
        .array(z.object({ urn: z.string(), type: z.string(), inputs: z.record(z.string(), z.unknown()).default({}) }))
        .default([]),
    })
    .default({ resources: [] }),
});

/** What holds data by the state of a stack: on Kubernetes, claims and the namespaces they are in. Nothing where there is no state. */
export async function deployedData({ name, read }: Pick<Stack, "name" | "read">): Promise<DeployedData[]> {
  const text = (await read("stack", "export", "--stack", name)) ?? "{}";
  return state.parse(JSON.parse(text)).deployment.resources.flatMap(({ urn, type, inputs }): DeployedData[] => {
    if (type === "docker:index/volume:Volume" && isDataVolume(inputs)) {
      return [{ urn, kind: "volume", name: String(inputs["name"]) }];
    }
    const called = String(at(inputs, "metadata", "name"));
    if (type === "kubernetes:core/v1:Namespace") return [{ urn, kind: "namespace", name: called }];
    const namespace = String(at(inputs, "metadata", "namespace"));
    return type === "kubernetes:core/v1:PersistentVolumeClaim"
      ? [{ urn, kind: "persistentvolumeclaim", name: called, namespace }]
      : [];
  });
}
