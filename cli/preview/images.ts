import { isObject } from "./fields";
import { objectsIn } from "./files";
import { at } from "./kinds";
import type { Step } from "./steps";

/** Another image for a process. */
export interface ImageChange {
  readonly workload: string;
  readonly before: string;
  readonly after: string;
}

/** Which processes run another image than before. One that is new or goes is told by its object. */
export const imageChanges = (steps: readonly Step[]): ImageChange[] =>
  steps.flatMap((step) => {
    const [were, are] = [imagesOf(step, step.before), imagesOf(step, step.after)];
    return [...were].flatMap(([workload, before]) => {
      const after = are.get(workload);
      return after === undefined || after === before ? [] : [{ workload, before, after }];
    });
  });

/** Images by workload; where a pod has several containers, each by its name too. */
function imagesOf({ type, name }: Step, inputs: Step["before"]): Map<string, string> {
  if (type === "docker:index/remoteImage:RemoteImage") {
    const image = inputs?.["name"];
    return new Map(typeof image === "string" ? [[name.replace(/-image$/, ""), image]] : []);
  }
  const pod = at(inputs, "spec", "template", "spec") ?? at(inputs, "spec", "jobTemplate", "spec", "template", "spec");
  const containers = isObject(pod) ? [...objectsIn(pod["initContainers"]), ...objectsIn(pod["containers"])] : [];
  return new Map(
    containers.map((container) => [
      container["name"] === name || containers.length === 1 ? name : `${name}, ${String(container["name"])}`,
      String(container["image"]),
    ]),
  );
}
