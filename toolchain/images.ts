import type { Problem } from "../components/core/problems";
import { reference } from "../components/core/workload";
import { images, isBuiltHere, type ImageName, type Release } from "../components/images";
import { lastLines } from "./build";
import { builtRelease, definitionOf, keyOf, withArchive, type Buildable } from "./built-image";
import { unbuildable } from "./catalog";
import { toHost, type EngineOptions } from "./docker";
import { ToolchainError } from "./error";
import { run, type ExecOptions, type Result } from "./exec";
import { labels } from "./image-archive";

/** An image the engine has, and how it came there. */
export type Available = Release & { readonly origin: "present" | "pulled" | "built" };

/** An image, or why it cannot be had. */
export type Obtained = Available | { readonly origin: "unavailable"; readonly problem: Problem };

export interface ImageOptions extends EngineOptions {
  /** @default - the one configs/versions.json pins */
  readonly wanted?: Release;
}

/**
 * Gets an image into the engine: the one wanted if it is there or can be pulled, or else one like it around a binary
 * built from source, in the version that can be built. One that was built stays in use until the wanted one is there.
 *
 * @throws ToolchainError where a build fails
 */
export async function obtainImage(name: ImageName, options: ImageOptions = {}): Promise<Obtained> {
  const { wanted = images[name], report } = options;
  const docker = dockerOf(options);
  const found = await findImage(name, options);
  if (found !== undefined) return found;
  const refusal = isBuiltHere(wanted) ? "nobody publishes it" : await pull(wanted, docker, options);
  if (refusal === undefined) return { ...wanted, origin: "pulled" };
  const definition = definitionOf(name);
  if (definition === undefined) return { origin: "unavailable", problem: unavailable(name, wanted, refusal) };
  const ours = builtRelease(images[name], definition);
  const from = "engine" in definition ? "jars and Debian packages" : "source";
  report?.(`${reference(wanted)} cannot be pulled (${refusal}); building ${reference(ours)} from ${from}`);
  await build(name, ours, definition, docker, options);
  return { ...ours, origin: "built" };
}

/** The image that {@link obtainImage} would use without pulling or building anything, if there is one. */
export async function findImage(name: ImageName, options: ImageOptions = {}): Promise<Available | undefined> {
  const { wanted = images[name] } = options;
  const docker = dockerOf(options);
  if ((await originOf(wanted, docker)) === "official") return { ...wanted, origin: "present" };
  const definition = definitionOf(name);
  if (definition === undefined) return undefined;
  const ours = builtRelease(images[name], definition);
  const known = await originOf(ours, docker);
  if (known === "official") return { ...ours, origin: "present" };
  return known === keyOf(definition) ? { ...ours, origin: "built" } : undefined;
}

type Docker = (args: readonly string[], options?: ExecOptions) => Promise<Result>;

const dockerOf =
  ({ host, exec = run }: EngineOptions): Docker =>
  (args, options) =>
    exec("docker", [...toHost(host), ...args], options);

/** What the engine has under a name: an image of ours (by its key), another one, or nothing. */
async function originOf(release: Release, docker: Docker): Promise<"official" | (string & {}) | undefined> {
  const format = `{{index .Config.Labels "${labels.key}"}}`;
  const { code, stdout } = await docker(["image", "inspect", "--format", format, reference(release)]);
  return code === 0 ? stdout.trim() || "official" : undefined;
}

/** Pulls an image; gives the reason where that fails. A registry that says nothing for a while does not answer at all. */
async function pull(release: Release, docker: Docker, { progress }: ImageOptions): Promise<string | undefined> {
  const limits = { silence: 20_000, timeout: 900_000 };
  const heard = progress && { onLine: progress };
  const { code, stderr } = await docker(["pull", reference(release)], { ...limits, ...heard });
  return code === 0 ? undefined : lastLines(stderr, 1).replace(/^Error response from daemon: /, "");
}

const noRecipe = { reason: "there is no recipe for it", remedy: "load the image" };

function unavailable(name: ImageName, wanted: Release, refusal: string): Problem {
  const known: Partial<Record<ImageName, typeof noRecipe>> = unbuildable;
  const why = known[name] ?? noRecipe;
  return {
    path: `images.${name}`,
    value: reference(wanted),
    reason: `not present, and cannot be pulled (${refusal}) or built: ${why.reason}`,
    remedy: why.remedy,
  };
}

async function build(
  name: ImageName,
  release: Release,
  definition: Buildable,
  docker: Docker,
  options: ImageOptions,
): Promise<void> {
  await withArchive(release, definition, options, async (archive) => {
    const { code, stderr } = await docker(["load"], { input: await archive() });
    if (code === 0) return;
    throw new ToolchainError({
      path: `images.${name}`,
      reason: `docker load failed: ${lastLines(stderr, 3)}`,
      remedy: "see the engine's log; it may have run out of space",
    });
  });
}
