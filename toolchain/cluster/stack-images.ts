import type { ImageName } from "../../components/images";
import { engineImages } from "../engine-images";
import type { Tools } from "../exec";
import { loadedImages, loadImages, type LoadedImages } from "./images";
import { node } from "./layout";
import { clusterStatus } from "./status";

/**
 * What the nodes of a cluster that is up have, once they have been given what a stack needs beside the usual.
 *
 * @throws ToolchainError where an image cannot be built or loaded
 */
export async function withImages(names: readonly ImageName[], options: Tools = {}): Promise<LoadedImages> {
  const loaded = loadedImages();
  const missing = names.filter((name) => engineImages[name] !== undefined && loaded.stack[name] === undefined);
  if (missing.length === 0) return loaded;
  const { nodes } = await clusterStatus(options);
  return loadImages(
    nodes.map((_, i) => node(i + 1)),
    options,
    missing,
  );
}
