import type { Problem } from "../../core/problems";
import type { DockerObject } from "./objects";

/** Changes an object on its way to the engine. What it is not meant for it returns as it is. */
export type DockerTransform = (object: DockerObject) => DockerObject;

/** What other objects find an object by is not a user's to change: it would be another object. */
export const transformProblems = (before: readonly DockerObject[], after: readonly DockerObject[]): Problem[] =>
  before.flatMap(({ type, name }, i) => {
    const is = after[i]!;
    if (type === is.type && name === is.name) return [];
    const remedy = "return the object with the type and name that it came with";
    return [
      { path: "transform", value: `${is.type} ${is.name}`, reason: `makes another object of ${type} ${name}`, remedy },
    ];
  });
