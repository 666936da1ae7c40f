import { isObject, type Inputs } from "./fields";
import type { Step } from "./steps";

/** Texts of config files that a change writes anew, as they were and as they will be. */
export function changedTexts(steps: readonly Step[]): { readonly before: string[]; readonly after: string[] } {
  const changed = steps.filter(({ operation }) => operation !== "same");
  return {
    before: changed.flatMap((step) => textsOf(step.before)),
    after: changed.flatMap((step) => textsOf(step.after)),
  };
}

/** Docker has them in a container's uploads, Kubernetes in a ConfigMap. */
function textsOf(inputs: Inputs | undefined): string[] {
  const uploads = inputs?.["uploads"];
  const data = inputs?.["data"];
  const held = [
    ...(Array.isArray(uploads) ? uploads.filter(isObject).map(({ content }) => content) : []),
    ...(isObject(data) ? Object.values(data) : []),
  ];
  return held.filter((text) => typeof text === "string");
}

/** A list of objects; empty where it is something else. */
export const objectsIn = (value: unknown): Inputs[] => (Array.isArray(value) ? value.filter(isObject) : []);
