import type { Input } from "@pulumi/pulumi";
import type { Findings } from "./findings";
import type { Metadata } from "./identity";
import { kitFolder, type NodejsKit } from "./kit";
import { kubernetesEnv } from "./kubernetes-env";
import { isKnown, later } from "./later";
import { remarkable, unreachable } from "./program";
import type { Instrumentation } from "./options";

/** The parts of a pod that tracing reads or adds to, as its API names them. */
export interface PodSpec {
  readonly containers?: Input<readonly Input<Container>[]>;
  readonly volumes?: Input<readonly Input<Volume>[]>;
  readonly os?: Input<{ readonly name: Input<string> }>;
  readonly nodeSelector?: Input<Readonly<Record<string, Input<string>>>>;
}

export interface Container {
  readonly name?: Input<string>;
  readonly image?: Input<string>;
  readonly command?: Input<readonly Input<string>[]>;
  readonly args?: Input<readonly Input<string>[]>;
  readonly env?: Input<readonly Input<EnvVar>[]>;
  readonly envFrom?: Input<readonly unknown[]>;
  readonly volumeMounts?: Input<readonly Input<VolumeMount>[]>;
}

export interface EnvVar {
  readonly name: Input<string>;
  readonly value?: Input<string>;
  readonly valueFrom?: unknown;
}

interface VolumeMount {
  readonly name: Input<string>;
  readonly mountPath: Input<string>;
  readonly readOnly?: Input<boolean>;
}

interface Volume {
  readonly name: Input<string>;
  readonly configMap?: Input<{ readonly name?: Input<string>; readonly defaultMode?: Input<number> }>;
}

/** A pod, and what is said of it. */
export interface Place {
  readonly tracing: Instrumentation;
  readonly pod: Metadata;
  /** What the object that makes the pod is called. */
  readonly workload?: Input<string>;
  /** Of its `spec`. */
  readonly path: string;
  readonly found: Findings;
}

const volumeName = "sightline-nodejs";

/** A pod whose service is traced. Nothing that Pod Security `restricted` forbids is added: variables and a ConfigMap. */
export const tracedPod = (spec: PodSpec, place: Place): PodSpec => ({
  ...spec,
  containers: later(spec.containers ?? [], (containers) =>
    later(place.pod.annotations ?? {}, (annotations) => {
      const isService = serviceOf(containers, annotations["kubectl.kubernetes.io/default-container"], place);
      return containers.map((container, i) =>
        later(container, (known) =>
          isService(known, i) ? tracedContainer(known, place, `${place.path}.containers[${i}]`) : known,
        ),
      );
    }),
  ),
  ...(place.tracing.runtime === "nodejs" && {
    volumes: later(spec.volumes ?? [], withVolume(spec, place.tracing.kit, place)),
  }),
});

/** Which container is the service: the one named, that of `kubectl logs`, or the first. */
function serviceOf(
  containers: readonly Input<Container>[],
  byDefault: Input<string> | undefined,
  { tracing, path, found }: Place,
): (container: Container, i: number) => boolean {
  const wanted = tracing.container ?? byDefault;
  if (typeof wanted !== "string") return (_, i) => i === 0;
  const names = containers.map((container) => (isKnown(container) ? container.name : undefined));
  if (names.every((name) => typeof name === "string") && !names.includes(wanted)) {
    const remedy = `write one of ${names.map((name) => JSON.stringify(name)).join(", ")}`;
    found.refuse({ path: `${path}.containers`, value: wanted, reason: "no container has this name", remedy });
  }
  return ({ name }) => name === wanted;
}

const tracedContainer = (container: Container, place: Place, path: string): Container => ({
  ...container,
  env: later(container.env ?? [], (env) => kubernetesEnv(env, container, place, `${path}.env`)),
  ...(place.tracing.runtime === "nodejs" && {
    volumeMounts: later(container.volumeMounts ?? [], withMount(container, place, path)),
  }),
});

/** What can be seen of a container that the kit could not be loaded in, or that is worth knowing. */
function checkStart({ image, command, args, envFrom }: Container, { found }: Place, path: string): void {
  // Arguments of the image's own entry point are looked at too: as often as not it starts what they name.
  const words = [command, args].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []));
  const [refused, told] = [unreachable({ image, words }), remarkable({ words })];
  if (refused !== undefined) found.refuse({ path, ...refused });
  if (told !== undefined) found.tell({ path: `${path}.command`, ...told });
  if (envFrom !== undefined && (!Array.isArray(envFrom) || envFrom.length > 0)) {
    const reason =
      "its NODE_OPTIONS and OTEL_* variables are not visible here, and the tracing variables take precedence";
    found.tell({ path: `${path}.envFrom`, reason, remedy: "if it sets NODE_OPTIONS, write that in env instead" });
  }
}

/** The kit where the service finds it, unless it is there already. */
const withMount =
  (container: Container, place: Place, path: string) =>
  (mounts: readonly Input<VolumeMount>[]): readonly Input<VolumeMount>[] => {
    const { found } = place;
    checkStart(container, place, path);
    const others = mounts.filter((mount) => !isKnown(mount) || mount.name !== volumeName);
    for (const mount of others) {
      if (!isKnown(mount) || mount.mountPath !== kitFolder) continue;
      const remedy = "mount it elsewhere";
      found.refuse({ path: `${path}.volumeMounts`, value: kitFolder, reason: "the kit is mounted there", remedy });
    }
    return [...others, { name: volumeName, mountPath: kitFolder, readOnly: true }];
  };

/** Windows has other paths, and other images. */
const isWindows = ({ os, nodeSelector }: PodSpec): boolean =>
  [
    (os as { name?: unknown } | undefined)?.name,
    (nodeSelector as Record<string, unknown> | undefined)?.["kubernetes.io/os"],
  ].includes("windows");

const withVolume =
  (spec: PodSpec, kit: NodejsKit, { path, found }: Place) =>
  (volumes: readonly Input<Volume>[]): readonly Input<Volume>[] => {
    if (isWindows(spec)) {
      found.refuse({
        path,
        reason: "the pod runs Windows, and there is no kit for it",
        remedy: "do not instrument the service",
      });
    }
    const others = volumes.filter((volume) => !isKnown(volume) || volume.name !== volumeName);
    const [taken] = volumes.filter((volume) => !others.includes(volume)) as readonly Volume[];
    if (taken !== undefined && taken.configMap === undefined) {
      const reason = "the volume of the kit has this name";
      found.refuse({ path: `${path}.volumes`, value: volumeName, reason, remedy: "give it another name" });
    }
    return [...others, { name: volumeName, configMap: { name: kit.name, defaultMode: 0o444 } }];
  };
