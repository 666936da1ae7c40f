import { isDataClaim } from "../../components/platforms/kubernetes/folders";
import { isObject, type Inputs } from "./fields";
import type { Step } from "./steps";

/** A process, as either platform declares it. */
export function isProcess({ type, ...step }: Step): boolean {
  const inputs = step.after ?? step.before ?? {};
  // A container that is never started holds files.
  if (type === "docker:index/container:Container") return inputs["start"] !== false;
  return /^kubernetes:(apps\/v1:(Deployment|StatefulSet|DaemonSet)|batch\/v1:CronJob)$/.test(type);
}

/** What outlives processes: a volume of data on Docker, a claim on Kubernetes. */
export function holdsData({ type, ...step }: Step): boolean {
  const inputs = step.before ?? step.after ?? {};
  if (type === "kubernetes:core/v1:PersistentVolumeClaim") {
    return isDataClaim({ kind: "PersistentVolumeClaim", spec: inputs["spec"] });
  }
  return type === "docker:index/volume:Volume" && isDataVolume(inputs);
}

/** Whether a Docker volume holds data, by its arguments; others hold files. */
export const isDataVolume = ({ labels }: Inputs): boolean =>
  Array.isArray(labels) &&
  labels.some((label) => isObject(label) && label["label"] === "dev.sightline.holds" && label["value"] === "data");

/** Whether a type token is that of a provider, which knows where objects are: a cluster, an engine. */
export const isProvider = (type: string): boolean => type.startsWith("pulumi:providers:");

/** Last word of a type token: `Container`, `StatefulSet`. */
export const kindOf = ({ type }: Pick<Step, "type">): string =>
  isProvider(type) ? "Provider" : type.slice(type.lastIndexOf(":") + 1);

/** What stands at a path; undefined where anything on the way is missing. */
export const at = (inputs: Inputs | undefined, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((held, key) => (isObject(held) ? held[key] : undefined), inputs);
