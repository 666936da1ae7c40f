/**
 * `service.version` of an image: its tag and digest, or whichever of them it has.
 *
 * Source: OpenTelemetry semantic conventions, "Specify resource attributes using Kubernetes annotations".
 *
 * @default - it has neither
 */
export function imageVersion(image: string): string | undefined {
  const [named = "", digest] = image.split("@");
  const [, tag] = /:([^:/]+)$/.exec(named) ?? [];
  // An id alone is what Docker calls an image that is on its host, and no version of a program.
  if (named === "" || named === "sha256" || image.startsWith("sha256:")) return undefined;
  return [tag, digest].filter((part) => part !== undefined).join("@") || undefined;
}
