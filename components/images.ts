import versions from "../configs/versions.json";
import type { Version } from "./core/version";
import type { Image } from "./core/workload";

/** An image whose program version is known, so that configuration can be written for it. */
export interface Release extends Image {
  readonly version: Version;
}

export type ImageName = keyof typeof versions;

/** The image of every program, as pinned in configs/versions.json: the only place where a version is written. */
export const images = versions as Readonly<Record<ImageName, Release>>;
