import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { Platform, Running } from "../../core/platform";
import { refuse } from "../../core/problems";
import type { Port, Workload } from "../../core/workload";
import { Reference, Sealed } from "../planned";
import { Common, type Provided } from "../provider";
import { problemsOf } from "./check";
import type { DockerArgs, DockerObject } from "./objects";
import { outsideHost, type DockerHostOptions } from "./options";
import { dockerPlanner, objectsOf, subject } from "./plan";

export type { DockerHostOptions } from "./options";

/**
 * One machine with a Docker engine: that of the provider given to it or to its components, or else of a provider made from
 * `host`. The network, and that provider, belong to the stack and are registered with the first workload; all else is a
 * child of its component.
 */
export function dockerHost({
  provider: given,
  logicalPrefix = "",
  ...options
}: DockerHostOptions & Provided): Platform {
  const known: Workload[] = [];
  const { host } = options;
  const common = new Common("docker:index/container:Container", given ? { provider: given } : {}, { host });
  const shared = new Map<string, pulumi.CustomResource>();
  let provider: pulumi.ProviderResource | undefined;
  return {
    ...dockerPlanner(options),
    logicalPrefix,
    run<P extends string>(
      workload: Workload<P>,
      parent: pulumi.ComponentResource,
      after: readonly pulumi.Resource[] = [],
    ): Running<P> {
      refuse(subject(options), [...common.problems(parent), ...problemsOf(options, [...known, workload])]);
      known.push(workload);
      provider ??=
        common.keep(parent) ??
        new docker.Provider(`${logicalPrefix}${options.name}`, host === undefined ? {} : { host });
      const [network, ...own] = objectsOf(options, [workload]);
      if (shared.size === 0) register(logicalPrefix, [network!], shared, [], { provider });
      const created = new Map(shared);
      register(logicalPrefix, own, created, after, { provider, parent });
      return { outside: outsideOf(options, workload), resources: [...created.values()] };
    },
  };
}

type Make<Args> = (name: string, args: Args, opts: pulumi.CustomResourceOptions) => pulumi.CustomResource;

const make: { readonly [T in keyof DockerArgs]: Make<DockerArgs[T]> } = {
  "docker:index/network:Network": (...args) => new docker.Network(...args),
  "docker:index/remoteImage:RemoteImage": (...args) => new docker.RemoteImage(...args),
  "docker:index/volume:Volume": (...args) => new docker.Volume(...args),
  "docker:index/container:Container": (...args) => new docker.Container(...args),
};

/** Registers objects in the order in which they are planned, and adds them to those known. */
function register(
  prefix: string,
  objects: readonly DockerObject[],
  known: Map<string, pulumi.CustomResource>,
  after: readonly pulumi.Resource[],
  opts: pulumi.CustomResourceOptions,
): void {
  for (const object of objects) {
    const runs = object.type === "docker:index/container:Container";
    const resource = create(prefix, object, known, { ...opts, ...(runs && { dependsOn: [...after] }) });
    known.set(`${object.type} ${object.name}`, resource);
  }
}

function create<T extends keyof DockerArgs>(
  prefix: string,
  { type, name, inputs, keep }: Extract<DockerObject, { type: T }>,
  known: ReadonlyMap<string, pulumi.CustomResource>,
  opts: pulumi.CustomResourceOptions,
): pulumi.CustomResource {
  const args = resolve(inputs, known) as DockerArgs[T];
  return make[type](`${prefix}${name}`, args, { ...opts, ...(keep && kept) });
}

/**
 * Data stays on the engine when its volume leaves the program: only whoever says so deletes it. A volume of that name
 * is found again when it comes back.
 */
const kept = { retainOnDelete: true, ignoreChanges: ["labels", "driver", "driverOpts"] };

/** Puts outputs in place of references, and Pulumi secrets in place of sealed ones. */
function resolve(value: unknown, known: ReadonlyMap<string, pulumi.CustomResource>): unknown {
  if (value instanceof Reference) return Reflect.get(known.get(`${value.type} ${value.to}`)!, value.output);
  if (value instanceof Sealed) return pulumi.secret(pulumi.interpolate`${value.prefix}${value.unseal()}`);
  if (Array.isArray(value)) return value.map((item) => resolve(item, known));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, known)]));
}

function outsideOf<P extends string>(
  options: DockerHostOptions,
  { name: workload, ports }: Workload<P>,
): Running<P>["outside"] {
  const reached = Object.entries<Port>(ports).map(([name, { port, reach, outside = port }]) => [
    name,
    reach === "outside" ? { host: outsideHost(options, workload, name), port: outside } : undefined,
  ]);
  return Object.fromEntries(reached) as Running<P>["outside"];
}
