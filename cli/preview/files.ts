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

const textsOf = (inputs: Inputs | undefined): string[] => [...filesIn(inputs ?? {}).values()];

/** Files of an object by name: Docker has them in a container's uploads, Kubernetes in a ConfigMap. */
export function filesIn({ uploads, data }: Inputs): Map<string, string> {
  const held = [
    ...objectsIn(uploads).map(({ file, content }) => [String(file), content] as const),
    ...(isObject(data) ? Object.entries(data) : []),
  ];
  return new Map(held.flatMap(([file, text]) => (typeof text === "string" ? [[file, text]] : [])));
}

/** A list of objects; empty where it is something else. */
export const objectsIn = (value: unknown): Inputs[] => (Array.isArray(value) ? value.filter(isObject) : []);
