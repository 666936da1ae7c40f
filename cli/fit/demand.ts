import type { PlannedObject } from "../../components/core/platform";
import { isDataClaim } from "../../components/platforms/kubernetes/folders";
import type { Manifest } from "../../components/platforms/kubernetes/objects";
import { at } from "../preview/kinds";
import { podSpec, requestsOf, type Amounts, type PodSpec } from "./pod";

/** Pods of one workload, all alike. */
export interface Pods {
  readonly workload: string;
  /** How many, at least; of pods that run by the clock none is counted, and each has to fit all the same. */
  readonly count: number | "every-node";
  /** What one of them asks for. */
  readonly each: Amounts;
  readonly spec: PodSpec;
}

/** A claim to a volume. */
export interface Claim {
  readonly workload: string;
  readonly namespace: string;
  readonly name: string;
  /** As the manifest has it: `20Gi`. */
  readonly storage: string;
}

const templates: Readonly<Record<string, readonly string[]>> = {
  Deployment: ["spec", "template", "spec"],
  StatefulSet: ["spec", "template", "spec"],
  DaemonSet: ["spec", "template", "spec"],
  CronJob: ["spec", "jobTemplate", "spec", "template", "spec"],
};

/** Pods that planned objects stand for. */
export function podsOf(objects: readonly PlannedObject[]): Pods[] {
  const all = objects.map(({ inputs }) => inputs as Manifest);
  return all.flatMap((manifest) => {
    const template = templates[manifest.kind];
    if (template === undefined) return [];
    const spec = podSpec.parse(at(manifest, ...template));
    return [{ workload: manifest.metadata.name, count: countOf(manifest, all), each: requestsOf(spec), spec }];
  });
}

/** Where the number follows the load, the least of it. */
function countOf(manifest: Manifest, all: readonly Manifest[]): Pods["count"] {
  if (manifest.kind === "DaemonSet") return "every-node";
  if (manifest.kind === "CronJob") return 0;
  const scaled = all.find(
    ({ kind, metadata }) => kind === "HorizontalPodAutoscaler" && metadata.name === manifest.metadata.name,
  );
  return Number(at(manifest, "spec", "replicas") ?? at(scaled, "spec", "minReplicas") ?? 1);
}

/** Claims among planned objects. */
export const claimsOf = (objects: readonly PlannedObject[]): Claim[] =>
  objects
    .map(({ inputs }) => inputs as Manifest)
    .filter(isDataClaim)
    .map(({ metadata: { name, namespace = "", labels }, ...rest }) => ({
      workload: labels["app.kubernetes.io/name"] ?? name,
      namespace,
      name,
      storage: String(at(rest, "spec", "resources", "requests", "storage")),
    }));
