import satisfies from "semver/functions/satisfies.js";
import { hooksModules } from "./es-modules";
import type { Library } from "./instrument";
import type { Running } from "./providers";
import { versionOf, type Service } from "./service";

/** The one line that says what a service sends, where to, and what of it goes unseen. */
export function startLine(
  service: Service,
  { serviceName, sampler, signals }: Running,
  libraries: readonly Library[],
): string {
  const to = process.env["OTEL_EXPORTER_OTLP_ENDPOINT"] ?? "http://localhost:4318";
  const names = new Set(libraries.map(({ name }) => name));
  const used = service.dependencies.filter((name) => names.has(name) || name === "fastify");
  const outside = used.flatMap((name) => {
    const version = versionOf(service, name);
    const ranges = libraries.filter((library) => library.name === name).flatMap(({ versions }) => versions);
    const isKnown =
      version === undefined ||
      ranges.length === 0 ||
      ranges.some((range) => satisfies(version, range, { includePrerelease: true }));
    return isKnown ? [] : [`${name} ${version} (known: ${ranges.join(" or ")})`];
  });
  return [
    `sightline: ${serviceName} sends ${signals.length === 0 ? "nothing" : signals.join(" and ")} to ${to}`,
    ...(sampler === undefined ? [] : [`keeps ${sampler}`]),
    `instruments ${["http", "fetch", ...used.filter((name) => !outside.some((text) => text.startsWith(`${name} `)))].join(", ")}`,
    ...(outside.length > 0 ? [`UNTRACED: ${outside.join(", ")}`] : []),
    ...(hooksModules()
      ? []
      : [
          `UNTRACED where imported as ES modules: Node.js ${process.versions.node} has no hooks for them (22.15 or 24 has)`,
        ]),
  ].join("; ");
}
