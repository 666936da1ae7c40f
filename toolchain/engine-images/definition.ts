import type { ImageDefinition } from "../image-definitions";
import type { EngineName } from "../engines";

/**
 * An official image of a Java program, as far as its jars from Maven can be made to behave like it: the same paths,
 * user, ports and environment. What its scripts and default files are lies beside this file, in a folder of its name.
 */
export interface EngineImage extends Pick<ImageDefinition, "tag" | "directories" | "config"> {
  readonly engine: EngineName;
  readonly users: Readonly<Record<string, number>>;
  /** The folder its jars go to; `except` names another folder, another file, or nothing, by how their names begin. */
  readonly jars: { readonly folder: string; readonly except?: Readonly<Record<string, string | null>> };
  /** Files that are made from what the project knows of the engine. */
  readonly files?: Readonly<Record<string, string>>;
}
