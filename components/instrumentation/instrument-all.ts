import * as pulumi from "@pulumi/pulumi";
import { asInputErrors, tell } from "../component";
import { refuse } from "../core/problems";
import {
  instrumentAllProblems,
  instrumentedResource,
  type InstrumentAll,
  type InstrumentedResource,
} from "./all/resource";
import { isKnown } from "./later";
import { kitConfigMap, kitFiller, nodejsKit, type NodejsKit } from "./kit";

/**
 * Traces every service of a program, those of Helm charts and of other people's components included, where it stands before
 * the first of them: `instrumentAll({ otlp })`. Deployments, StatefulSets, DaemonSets, ReplicaSets, Jobs, CronJobs, Pods and
 * containers on a Docker host get what {@link instrument} gives one, and variables that they have already stay. The kit's
 * ConfigMap or volume is created where the first of them is.
 *
 * What a service is: the first rule that matches, else the annotation `sightline.dev/instrument: nodejs|go|env|off`, else
 * its image and command; where nothing says so it has variables alone, and a warning.
 *
 * @throws InputPropertiesError with everything that is wrong with the options
 */
export function instrumentAll(options: InstrumentAll): void {
  const { kit = nodejsKit() } = options;
  const all = { ...options, kit };
  asInputErrors(() => refuse("instrumentAll", instrumentAllProblems(all)));
  const [configMaps, volumes] = [new ConfigMaps(kit), new Volumes(kit)];

  // What charts and packages register, the engine alone sees.
  pulumi.runtime.registerResourceTransform(async ({ type, name, props, opts }) => {
    if (type === "kubernetes:helm.sh/v3:Release") tell([unseen(name)]);
    if (!type.startsWith("kubernetes:")) return undefined;
    const found = looked(type, name, props as pulumi.Inputs, all);
    if (found.given === undefined) return undefined;
    const kits = found.given === "nodejs" ? await configMaps.for(found.props, opts) : [];
    return { props: found.props, opts: { ...opts, dependsOn: [...listed(opts.dependsOn), ...kits] } };
  });

  // A container goes before its volume, or the volume could not be removed. The engine does not remember what a transform
  // of a whole stack makes a resource depend on; that of a transformation it does.
  pulumi.runtime.registerStackTransformation(({ type, name, props, opts }) => {
    if (!type.startsWith("docker:")) return undefined;
    const found = looked(type, name, props as pulumi.Inputs, all);
    if (found.given === undefined) return undefined;
    const kits = found.given === "nodejs" ? volumes.for(found.props, opts) : [];
    const dependsOn = pulumi.output(opts.dependsOn).apply((before) => [...listed(before), ...kits]);
    return { props: found.props, opts: { ...opts, dependsOn } };
  });
}

function looked(type: string, name: string, props: pulumi.Inputs, options: InstrumentAll): InstrumentedResource {
  const found = instrumentedResource(type, name, props, options);
  asInputErrors(() => refuse(`instrumentAll: ${name}`, found.problems));
  tell(found.notes);
  return found;
}

/** Helm renders a Release on its own, so that no program sees what is in it. */
const unseen = (name: string) => ({
  path: name,
  reason: "what a Helm Release deploys is seen by Helm alone, and is not traced",
  remedy: "use kubernetes.helm.v4.Chart, or helm template with sightline instrument",
});

const listed = (dependsOn: unknown): readonly pulumi.Resource[] => [dependsOn ?? []].flat() as pulumi.Resource[];

/** The SDK's classes have nothing to add, and take time to load. */
class Resource extends pulumi.CustomResource {}

/** The kit for pods: one ConfigMap for each namespace. */
class ConfigMaps {
  readonly #known = new Map<string, pulumi.Resource>();

  constructor(private readonly kit: NodejsKit) {}

  /** Gives what the pods of a service come after. */
  async for(props: pulumi.Inputs, opts: pulumi.CustomResourceOptions): Promise<readonly pulumi.Resource[]> {
    const provider = await settled(opts.provider?.urn);
    const namespace = await settled(namespaceOf(props));
    // What an engine makes is known when it is made: the ConfigMap is in the update then, and not in the preview.
    if (provider === unknown || namespace === unknown) return [];
    const parts = ["sightline-nodejs", provider?.split("::").at(-1), namespace];
    const name = parts.filter((part) => part !== undefined).join("-");
    const known = this.#known.get(name) ?? this.#create(name, namespace, opts);
    this.#known.set(name, known);
    return [known];
  }

  /** Its namespace is among what the first service comes after. */
  #create(
    name: string,
    namespace: string | undefined,
    { provider, version, dependsOn }: pulumi.CustomResourceOptions,
  ): pulumi.Resource {
    const args = { apiVersion: "v1", kind: "ConfigMap", ...kitConfigMap(this.kit, namespace) };
    return new Resource("kubernetes:core/v1:ConfigMap", name, args, {
      ...placed(provider, version),
      ...(dependsOn !== undefined && { dependsOn }),
    });
  }
}

/** The kit for containers: one volume for each Docker host, and what has filled it. */
class Volumes {
  readonly #known = new Map<pulumi.ProviderResource | undefined, readonly pulumi.Resource[]>();

  constructor(private readonly kit: NodejsKit) {}

  /** Gives what the container of a service comes after. */
  for(
    props: pulumi.Inputs,
    { provider: own, parent, version }: pulumi.CustomResourceOptions,
  ): readonly pulumi.Resource[] {
    const provider = own ?? parent?.getProvider("docker:index/volume:Volume");
    const known = this.#known.get(provider) ?? this.#create(props["image"], placed(provider, version), provider);
    this.#known.set(provider, known);
    return known;
  }

  #create(
    image: unknown,
    opts: pulumi.CustomResourceOptions,
    provider: pulumi.ProviderResource | undefined,
  ): readonly pulumi.Resource[] {
    const host = (provider as { __name?: string } | undefined)?.__name ?? "docker";
    const name = `sightline-nodejs-${host}`;
    const volume = new Resource("docker:index/volume:Volume", name, { name: this.kit.name }, opts);
    // The image of the first service is on the host in any case.
    const filler = kitFiller(this.kit, image, this.kit.name);
    const after = { ...opts, dependsOn: [volume] };
    return [volume, new Resource("docker:index/container:Container", `${name}-files`, filler, after)];
  }
}

const placed = (provider: pulumi.ProviderResource | undefined, version: string | undefined) => ({
  ...(provider !== undefined && { provider }),
  ...(version !== undefined && { version }),
});

const namespaceOf = (props: pulumi.Inputs): pulumi.Input<string | undefined> => {
  const metadata = props["metadata"] as pulumi.Input<{ namespace?: pulumi.Input<string> } | undefined>;
  return isKnown(metadata) && isKnown(metadata?.namespace)
    ? metadata?.namespace
    : pulumi.output(metadata).apply((known) => known?.namespace);
};

const unknown = Symbol("not known in a preview");

/** A value that is known by now, also where an output holds it. */
async function settled<T>(value: pulumi.Input<T>): Promise<T | typeof unknown> {
  const output = pulumi.output(value) as unknown as { isKnown: Promise<boolean>; promise(): Promise<T> };
  return (await output.isKnown) ? output.promise() : unknown;
}
