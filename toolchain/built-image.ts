import { mkdir, rm, stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { contentHash } from "../components/core/names";
import type { Version } from "../components/core/version";
import { reference } from "../components/core/workload";
import type { ImageName, Release } from "../components/images";
import { minutes, obtainBinary } from "./build";
import { cacheFolder } from "./cache";
import { binaries, type BinaryName } from "./catalog";
import type { Tools } from "./exec";
import { engineKey, engineLayer } from "./engine-images/content";
import { engineImages, type EngineImage } from "./engine-images";
import { engines } from "./engines";
import { imageArchive, imageConfig, labels, layer, machineCertificates, writeLayer } from "./image-archive";
import { imageDefinitions, type ImageDefinition } from "./image-definitions";
import { recipeKey } from "./recipe";
import { obtainShell } from "./shell";
import type { Entry } from "./tar";

/** An image around binaries that are built here, or around a Java program. */
export type Buildable = ImageDefinition | EngineImage;

/** How an image can be made here, if it can. */
export const definitionOf = (name: ImageName): Buildable | undefined => imageDefinitions[name] ?? engineImages[name];

/** The image that can be built: the name it is given, with the version that is really in it. */
export function builtRelease(
  { repository, user }: Pick<Release, "repository" | "user">,
  definition: Buildable,
): Release {
  const version = versionOf(definition);
  return { repository, tag: definition.tag(version), version, user };
}

function versionOf(definition: Buildable): Version {
  if ("engine" in definition) return engines[definition.engine].version;
  const [first] = Object.values(definition.binaries) as [BinaryName];
  return binaries[first].version;
}

/** Changes whenever a built image would have other content. */
export const keyOf = (definition: Buildable): string =>
  "engine" in definition
    ? engineKey(definition)
    : contentHash(
        JSON.stringify([definition, Object.values(definition.binaries).map((binary) => recipeKey(binaries[binary]))]),
      );

async function contentOf(definition: Buildable, tools: Tools): Promise<Entry[]> {
  if ("engine" in definition) return engineLayer(definition, tools);
  const placed = [];
  for (const [target, binary] of Object.entries(definition.binaries)) {
    placed.push({ target, file: (await obtainBinary(binary, tools)).path });
  }
  if (definition.shell) placed.push({ target: "/bin/sh", file: await obtainShell(tools) });
  return layer(definition, placed, machineCertificates());
}

/**
 * Makes an image around binaries that are built from source where they are not there yet, or around jars, and hands it
 * on as an archive that `docker load` and `ctr images import` read. Its files are gone afterwards.
 */
export async function withArchive<T>(
  release: Release,
  definition: Buildable,
  tools: Tools,
  use: (archive: () => Promise<Readable>) => Promise<T>,
): Promise<T> {
  const started = Date.now();
  const content = await contentOf(definition, tools);
  const scratch = cacheFolder("images", `${keyOf(definition)}-${process.pid}`);
  await mkdir(scratch, { recursive: true });
  try {
    const file = `${scratch}/layer.tar`;
    const digest = await writeLayer(content, file);
    const [seconds, { size }] = [(Date.now() - started) / 1_000, await stat(file)];
    tools.report?.(`${reference(release)}: ${Math.round(size / 1e6)} MB, made in ${minutes(seconds)}`);
    const config = imageConfig(definition, labelsOf(release, definition), digest);
    return await use(() => imageArchive(reference(release), config, file));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const labelsOf = (release: Release, definition: Buildable): Record<string, string> => ({
  [labels.key]: keyOf(definition),
  [labels.origin]: "engine" in definition ? "built-from-jars" : "built-from-source",
  "org.opencontainers.image.version": release.version,
});
