import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { reference } from "../components/core/workload";
import type { ImageName, Release } from "../components/images";
import type { Override } from "../configs/overrides";
import type { Settings } from "../configs/settings-from";
import { clusterKubeconfig, loadedImages, type LoadedImages } from "../toolchain/cluster";
import { ToolchainError } from "../toolchain/error";
import { usedImages } from "./images";
import type { Workspace } from "./workspace";

/** What there is of one image: a release, or none and why. */
export type Had = { readonly release: Release } | { readonly why: string };

/** Images by name, of those that a stack uses. */
export type HadImages = Readonly<Partial<Record<ImageName, Had>>>;

const entries = (had: HadImages) => Object.entries(had) as [ImageName, Had][];

/** What has to differ from what a stack asks for where these images are to be had. Grafana alone can be left out. */
export const overridesFor = (asked: Settings, had: HadImages): Override[] =>
  entries(had).flatMap(([name, image]): Override[] => {
    if ("why" in image) return name === "grafana" ? [{ path: name, asked: true, has: false, why: image.why }] : [];
    const [wanted, { release }] = [asked.images[name], image];
    const why = `${reference(wanted)} is not to be had here, ${reference(release)} is`;
    return isDeepStrictEqual(release, wanted) ? [] : [{ path: `images.${name}`, asked: wanted, has: release, why }];
  });

/**
 * Stops where a stack cannot do without an image that is not to be had.
 *
 * @throws ToolchainError for the first one
 */
export function demandImages(asked: Settings, had: HadImages): void {
  for (const [name, image] of entries(had)) {
    if (!("why" in image) || name === "grafana") continue;
    throw new ToolchainError({
      path: `images.${name}`,
      value: reference(asked.images[name]),
      reason: `the stack needs it: ${image.why}`,
      remedy: "load the image where the stack will run, or use one that exists there",
    });
  }
}

/** What `up` found on the machine or engine that a stack runs on. */
interface Found {
  readonly on: string;
  readonly overrides: readonly Override[];
}

/** Notes what was found, for the commands that come after. */
export function remember(stack: string, asked: Settings, overrides: readonly Override[], home: Workspace): void {
  const found: Found = { on: placeOf(asked), overrides };
  writeFileSync(home.machineFile(stack), `${JSON.stringify(found, null, 2)}\n`, { mode: 0o600 });
}

/** What is known without changing anything: what the cluster of this machine was given, or what `up` found at last. */
export function knownOverrides(stack: string, asked: Settings, home: Workspace): readonly Override[] {
  if (isOnThisMachine(asked)) {
    const loaded = loadedImages();
    return Object.keys(loaded.stack).length === 0 ? [] : overridesFor(asked, hadBy(asked, loaded));
  }
  const file = home.machineFile(stack);
  if (!existsSync(file)) return [];
  const { on, overrides } = JSON.parse(readFileSync(file, "utf8")) as Found;
  return on === placeOf(asked) ? overrides : [];
}

/** What nodes have of the images that a stack uses. Those of storage engines are given to them by `up`. */
export const hadBy = (asked: Settings, { stack, without }: LoadedImages): HadImages =>
  Object.fromEntries(
    usedImages(asked).flatMap((name): [ImageName, Had][] => {
      const release = stack[name];
      if (release !== undefined) return [[name, { release }]];
      const why = without[name];
      return why === undefined ? [] : [[name, { why }]];
    }),
  );

/** Whether a stack runs on the cluster that `sightline cluster up` starts, which can pull no images. */
export const isOnThisMachine = ({ platform, kubernetes: { kubeconfig } }: Settings): boolean =>
  platform === "kubernetes" && (kubeconfig ?? process.env["KUBECONFIG"]) === clusterKubeconfig();

const placeOf = ({ platform, dockerHost, kubernetes: { kubeconfig, context } }: Settings): string =>
  platform === "docker" ? dockerHost : [kubeconfig ?? process.env["KUBECONFIG"] ?? "~/.kube/config", context].join(" ");
