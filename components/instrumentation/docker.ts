import type { Input } from "@pulumi/pulumi";
import { givenAttributes, withVariables, type Notation } from "./env";
import type { Findings } from "./findings";
import { imageVersion } from "./image-version";
import { kitFolder } from "./kit";
import { isKnown, later } from "./later";
import { remarkable, unreachable } from "./program";
import type { Instrumentation } from "./options";
import { variables } from "./variables";

/** Arguments of a container on a Docker host, as the SDK of Pulumi types them. */
export interface DockerContainer {
  readonly image: Input<string>;
  readonly name?: Input<string | undefined>;
  readonly envs?: Input<readonly Input<string>[] | undefined>;
  readonly mounts?: Input<readonly Input<DockerMount>[] | undefined>;
  readonly entrypoints?: Input<readonly Input<string>[] | undefined>;
  readonly command?: Input<readonly Input<string>[] | undefined>;
}

interface DockerMount {
  readonly type: Input<string>;
  readonly target: Input<string>;
  readonly source?: Input<string | undefined>;
  readonly readOnly?: Input<boolean | undefined>;
}

/** A container whose service is traced. All else of it stays as it is. */
export function tracedDocker(
  container: DockerContainer,
  tracing: Instrumentation,
  found: Findings,
  fallback?: string,
): DockerContainer {
  const named = { ...container, name: container.name ?? fallback };
  return {
    ...container,
    envs: later(container.envs, (envs = []) => dockerEnvs(envs, named, tracing, found)),
    ...(tracing.runtime === "nodejs" && {
      mounts: later(container.mounts, withMount(container, tracing.kit.name, found)),
    }),
  };
}

/** `NAME=value`; one that is an output has a name that nobody knows yet. */
const notation: Notation<Input<string>> = {
  nameOf: (entry) => (typeof entry === "string" ? entry.split("=", 1)[0] : undefined),
  valueOf: (entry) => (typeof entry === "string" ? entry.slice(entry.indexOf("=") + 1) : undefined),
  entry: (name, value) => later(value, (text) => `${name}=${text}`),
};

function dockerEnvs(
  envs: readonly Input<string>[],
  { image, name }: DockerContainer,
  tracing: Instrumentation,
  found: Findings,
): readonly Input<string>[] {
  const version = typeof image === "string" ? imageVersion(image) : undefined;
  const service = tracing.service ?? (typeof name === "string" ? name : undefined);
  if (service === undefined && !envs.some((entry) => notation.nameOf(entry) === "OTEL_SERVICE_NAME")) {
    const remedy = 'write service: "…", or a name of the container';
    found.refuse({ path: "envs", reason: "the service has no name", remedy });
  }
  const wanted = {
    tracing,
    variables: variables(tracing, service ?? ""),
    attributes: [
      ...new Map([
        ...(version === undefined ? [] : [["service.version", version] as const]),
        ...givenAttributes(tracing),
      ]),
    ],
    path: "envs",
  };
  // What would be empty says nothing, and is no entry.
  return withVariables(envs, wanted, notation, found).filter((entry) => entry !== "OTEL_RESOURCE_ATTRIBUTES=");
}

const withMount =
  ({ image, entrypoints, command }: DockerContainer, volume: string, found: Findings) =>
  (mounts: readonly Input<DockerMount>[] = []): readonly Input<DockerMount>[] => {
    const words = [entrypoints, command].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []));
    const start = { image, words };
    const [refused, told] = [unreachable(start), remarkable(start)];
    if (refused !== undefined) found.refuse({ path: "command", ...refused });
    if (told !== undefined) found.tell({ path: "command", ...told });
    const isKit = (mount: Input<DockerMount>) =>
      isKnown(mount) && mount.target === kitFolder && String(mount.source).startsWith("sightline-nodejs-");
    const others = mounts.filter((mount) => !isKit(mount));
    if (others.some((mount) => isKnown(mount) && mount.target === kitFolder)) {
      found.refuse({
        path: "mounts",
        value: kitFolder,
        reason: "the kit is mounted there",
        remedy: "mount it elsewhere",
      });
    }
    return [...others, { type: "volume", source: volume, target: kitFolder, readOnly: true }];
  };
