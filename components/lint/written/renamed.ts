import type { Collector, Component } from "../../path/read/collector";
import { renames, type Rename } from "../../path/read/names";

/** The type as the file has it. */
const written = ({ id }: Component): string => id.split("/")[0]!.trim();

/** How the type of a component is called otherwise, if the file has its former, or its newest name. */
export const renameOf = (component: Component, key: "former" | "name"): Rename | undefined =>
  renames.find((rename) => rename.section === component.section && rename[key] === written(component));

/**
 * The oldest version that knows every name in a file. What a file that only uses old names runs on cannot be told from
 * it, so nothing is said of them: they are right there.
 */
export const oldest = ({ components }: Collector): number =>
  Math.max(0, ...components.flatMap((component) => renameOf(component, "name")?.since ?? []));
