import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { reference } from "../../components/core/workload";
import { images, type ImageName, type Release } from "../../components/images";
import { lastLines } from "../build";
import { builtRelease, definitionOf, keyOf, withArchive, type Buildable } from "../built-image";
import { unbuildable } from "../catalog";
import { engineImages } from "../engine-images";
import { ToolchainError } from "../error";
import { run, type Result, type Tools } from "../exec";
import type { ImageDefinition } from "../image-definitions";
import { findImage } from "../images";
import { clusterFolder, socketOf, type Node } from "./layout";
import { firstPid, inside } from "./node";

/** A program of this folder alone in an image, for what a cluster or a test needs beside the stack. */
const alone = (binary: "pause" | "telemetrygen"): ImageDefinition => ({
  tag: (version) => version,
  binaries: { [`/${binary}`]: binary },
  directories: {},
  config: { User: "65534:65534", Entrypoint: [`/${binary}`], ExposedPorts: [] },
});

const tools = { pause: alone("pause"), telemetrygen: alone("telemetrygen") } as const;

export type ToolName = keyof typeof tools;

const toolRelease = (name: ToolName): Release =>
  builtRelease({ repository: `sightline/${name}`, user: "65534:65534" }, tools[name]);

/** The image that holds the namespaces of a pod. */
export const loadPause = (node: Node, options: Tools): Promise<void> =>
  load(node, toolRelease("pause"), tools.pause, options);

/** What nodes have been given. */
export interface LoadedImages {
  readonly stack: Partial<Record<ImageName, Release>>;
  readonly tools: Partial<Record<ToolName, Release>>;
  /** What cannot be had here, and why. */
  readonly without: Partial<Record<ImageName, string>>;
}

/** What a cluster is given at once. The images of storage engines are large, and of use to few stacks. */
const usual = (Object.keys(images) as ImageName[]).filter((name) => engineImages[name] === undefined);

const nothing: LoadedImages = { stack: {}, tools: {}, without: {} };
const record = (): string => clusterFolder("images.json");

/** What the nodes of the cluster have been given, with the versions that are really in it. */
export const loadedImages = (): LoadedImages =>
  existsSync(record()) ? (JSON.parse(readFileSync(record(), "utf8")) as LoadedImages) : nothing;

/**
 * Gives every node images of the stack: official ones that a Docker engine of this machine has, or else those that can
 * be built here; and the tools that tests use. Those it has are left as they are.
 *
 * @param names Which ones. By default all but those of storage engines.
 */
export async function loadImages(
  nodes: readonly Node[],
  options: Tools = {},
  names: readonly ImageName[] = usual,
): Promise<LoadedImages> {
  const before = loadedImages();
  const stack = { ...before.stack };
  const without = { ...before.without };
  for (const name of names) {
    const found = await findImage(name, options);
    const definition = definitionOf(name);
    if (found?.origin === "present") {
      const { repository, tag, version, user } = found;
      const release = { repository, tag, version, user };
      for (const node of nodes) await copy(node, release, options);
      stack[name] = release;
    } else if (definition !== undefined) {
      const release = builtRelease(images[name], definition);
      for (const node of nodes) await load(node, release, definition, options);
      stack[name] = release;
    } else {
      const known: Partial<Record<ImageName, { readonly reason: string }>> = unbuildable;
      const reason = known[name]?.reason ?? "there is no recipe for it";
      without[name] = `${reference(images[name])} is not here: ${reason}`;
    }
  }
  for (const node of nodes) await load(node, toolRelease("telemetrygen"), tools.telemetrygen, options);
  const loaded: LoadedImages = {
    stack,
    tools: { pause: toolRelease("pause"), telemetrygen: toolRelease("telemetrygen") },
    without,
  };
  await writeFile(record(), JSON.stringify(loaded, null, 2));
  return loaded;
}

// A note beside the node's images says what has been loaded: it lives exactly as long as they do.
const note = ({ folder }: Node, release: Release): string =>
  join(folder, "loaded", reference(release).replaceAll("/", "_"));

async function once(node: Node, release: Release, key: string, work: () => Promise<void>): Promise<void> {
  const file = note(node, release);
  if (existsSync(file) && readFileSync(file, "utf8") === key) return;
  await work();
  await mkdir(join(node.folder, "loaded"), { recursive: true });
  await writeFile(file, key);
}

const load = (node: Node, release: Release, definition: Buildable, options: Tools): Promise<void> =>
  once(node, release, keyOf(definition), () =>
    withArchive(release, definition, options, async (archive) => {
      options.report?.(`loading ${reference(release)} into ${node.name}`);
      const [file, args] = importing(node);
      check(release, await (options.exec ?? run)(file, args, { input: await archive() }));
    }),
  );

const copy = (node: Node, release: Release, options: Tools): Promise<void> =>
  once(node, release, "official", async () => {
    options.report?.(`copying ${reference(release)} from the Docker engine into ${node.name}`);
    const [file, args] = importing(node);
    const pipe = 'image="$1"; shift; docker save "$image" | "$@"';
    check(release, await (options.exec ?? run)("sh", ["-c", pipe, "copy", reference(release), file, ...args]));
  });

const importing = (node: Node): [string, string[]] =>
  inside(firstPid(node) ?? 0, "ctr", ["--address", socketOf(node), "--namespace", "k8s.io", "images", "import", "-"]);

function check(release: Release, { code, stderr }: Result): void {
  if (code === 0) return;
  throw new ToolchainError({
    path: "cluster.images",
    value: reference(release),
    reason: `was not loaded: ${lastLines(stderr, 3)}`,
    remedy: "see the log of containerd in the folder of the cluster; the disk may be full",
  });
}
