import { isDeepStrictEqual } from "node:util";
import type { ImageName } from "../components/images";
import type { Settings } from "./settings-from";
import type { Raw } from "./unknown-keys";

/** A setting that a machine cannot have as a stack asks for it, and what it has instead. */
export interface Override {
  readonly path: "grafana" | `images.${ImageName}`;
  readonly asked: unknown;
  readonly has: unknown;
  readonly why: string;
}

/**
 * Settings as a machine can have them, and which overrides that took. One that was found for another value than the
 * settings have now is left out: nobody has looked yet whether the machine has the new one.
 */
export function overridden(
  asked: Settings,
  overrides: readonly Override[],
): { readonly settings: Settings; readonly overrides: readonly Override[] } {
  const fitting = overrides.filter(({ path, asked: value }) => isDeepStrictEqual(valueAt(asked, path), value));
  const images = fitting.flatMap(({ path, has }) => (path === "grafana" ? [] : [[imageIn(path), has] as const]));
  return {
    settings: {
      ...asked,
      images: { ...asked.images, ...Object.fromEntries(images) },
      grafana: asked.grafana && !fitting.some(({ path }) => path === "grafana"),
    },
    overrides: fitting,
  };
}

/** The settings that overrides change, in the form of `Pulumi.<stack>.yaml`. */
export function rawOverrides({ images, grafana }: Settings, overrides: readonly Override[]): Raw {
  return {
    ...(overrides.some(({ path }) => path !== "grafana") && { images }),
    ...(overrides.some(({ path }) => path === "grafana") && { grafana }),
  };
}

const imageIn = (path: `images.${ImageName}`): ImageName => path.slice("images.".length) as ImageName;

const valueAt = (settings: Settings, path: Override["path"]): unknown =>
  path === "grafana" ? settings.grafana : settings.images[imageIn(path)];
