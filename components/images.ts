import versions from "../configs/versions.json";
import { isAddress, parseAddress } from "./core/address";
import type { Version } from "./core/version";
import type { Image } from "./core/workload";

/** An image whose program version is known, so that configuration can be written for it. */
export interface Release extends Image {
  readonly version: Version;
}

export type ImageName = keyof typeof versions;

/** The image of every program, as pinned in configs/versions.json: the only place where a version is written. */
export const images = versions as Readonly<Record<ImageName, Release>>;

/** Where the repositories begin of images that nobody publishes: a machine that has not built one cannot pull it either. */
const ofThisMachine = "localhost/";

/** Whether an image is built where it runs, and never pulled: its name on a public registry might be anybody's. */
export const isBuiltHere = ({ repository }: Image): boolean => repository.startsWith(ofThisMachine);

/** The same images as a registry of one's own has them: `registry.example.com/mirror/otel/opentelemetry-collector-contrib`. */
export const imagesFrom = (registry: string): Readonly<Record<ImageName, Release>> =>
  Object.fromEntries(
    Object.entries(images).map(([name, release]) => [
      name,
      { ...release, repository: `${registry}/${release.repository.replace(ofThisMachine, "")}` },
    ]),
  ) as Record<ImageName, Release>;

const segment = /^[a-z0-9]+([._-]+[a-z0-9]+)*$/;

/** Whether a text names a registry, and perhaps a path in it: `registry.example.com:5000/mirror`. */
export function isRegistry(text: string): boolean {
  const [host = "", ...path] = text.split("/");
  // Without a dot or a port, Docker takes it for a name on its own hub.
  const own = host.startsWith("localhost") || /[.:]/.test(host);
  return own && isAddress(parseAddress(`https://${host}`)) && path.every((part) => segment.test(part));
}
