import { mkdir, rm } from "node:fs/promises";
import type { Readable } from "node:stream";
import { contentHash } from "../components/core/names";
import { reference } from "../components/core/workload";
import type { Release } from "../components/images";
import { obtainBinary } from "./build";
import { cacheFolder } from "./cache";
import { binaries, type BinaryName } from "./catalog";
import type { Tools } from "./exec";
import { imageArchive, imageConfig, labels, layer, machineCertificates, writeLayer } from "./image-archive";
import type { ImageDefinition } from "./image-definitions";
import { recipeKey } from "./recipe";
import { obtainShell } from "./shell";

/** The image that can be built: the name it is given, with the version that is really in it. */
export function builtRelease(
  { repository, user }: Pick<Release, "repository" | "user">,
  { tag, binaries: placed }: ImageDefinition,
): Release {
  const [first] = Object.values(placed) as [BinaryName];
  const { version } = binaries[first];
  return { repository, tag: tag(version), version, user };
}

/** Changes whenever a built image would have other content. */
export const keyOf = (definition: ImageDefinition): string =>
  contentHash(
    JSON.stringify([definition, Object.values(definition.binaries).map((binary) => recipeKey(binaries[binary]))]),
  );

/**
 * Makes an image around binaries that are built from source where they are not there yet, and hands it on as an
 * archive that `docker load` and `ctr images import` read. Its files are gone afterwards.
 */
export async function withArchive<T>(
  release: Release,
  definition: ImageDefinition,
  tools: Tools,
  use: (archive: () => Promise<Readable>) => Promise<T>,
): Promise<T> {
  const placed = [];
  for (const [target, binary] of Object.entries(definition.binaries)) {
    placed.push({ target, file: (await obtainBinary(binary, tools)).path });
  }
  if (definition.shell) placed.push({ target: "/bin/sh", file: await obtainShell(tools) });
  const scratch = cacheFolder("images", `${keyOf(definition)}-${process.pid}`);
  await mkdir(scratch, { recursive: true });
  try {
    const file = `${scratch}/layer.tar`;
    const digest = await writeLayer(await layer(definition, placed, machineCertificates()), file);
    const config = imageConfig(definition, labelsOf(release, definition), digest);
    return await use(() => imageArchive(reference(release), config, file));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const labelsOf = (release: Release, definition: ImageDefinition): Record<string, string> => ({
  [labels.key]: keyOf(definition),
  [labels.origin]: "built-from-source",
  "org.opencontainers.image.version": release.version,
});
