import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import type { Platform, Running } from "../../core/platform";
import { refuse } from "../../core/problems";
import type { Workload } from "../../core/workload";
import { Sealed } from "../planned";
import { Common, type Provided } from "../provider";
import { problemsOf } from "./check";
import { connectionProblems, isContent, unnamedCluster, type Ambient } from "./connection";
import { outsideOf } from "./expose";
import type { KubernetesObject } from "./objects";
import type { KubernetesOptions } from "./options";
import { kubernetesPlanner, objectsOf, planOf, sharedObjects, subject } from "./plan";

export type { Exposure } from "./exposure";
export type { KubernetesOptions } from "./options";

/**
 * A Kubernetes cluster: that of the provider given to it or to its components, or else of a provider made from kubeconfig
 * and context. One of these names it, or nothing is registered: what a shell happens to point at may be another cluster.
 * The namespaces, and that provider, belong to the stack and are registered with the first workload that needs them; all
 * else is a child of its component.
 */
export function kubernetes({
  provider: given,
  currentContext = false,
  logicalPrefix = "",
  ...options
}: KubernetesOptions & Provided & Ambient): Platform {
  const known: Workload[] = [];
  const { kubeconfig, context } = options;
  const common = new Common("kubernetes:core/v1:Namespace", given ? { provider: given } : {}, { kubeconfig, context });
  let provider: pulumi.ProviderResource | undefined;
  const shared = new Map<string, pulumi.CustomResource>();
  const named = (objects: readonly KubernetesObject[]) =>
    objects.map((object) => ({ ...object, name: `${logicalPrefix}${object.name}` }));
  return {
    ...kubernetesPlanner(options),
    logicalPrefix,
    plan: (workloads) => planOf(options, workloads, connectionProblems(options)),
    run<P extends string>(
      workload: Workload<P>,
      parent: pulumi.ComponentResource,
      after: readonly pulumi.Resource[] = [],
    ): Running<P> {
      refuse(subject(options), [
        ...connectionProblems(options),
        ...common.problems(parent),
        ...(known.length > 0 || currentContext ? [] : unnamedCluster(options, common.of(parent) !== undefined)),
        ...problemsOf(options, [...known, workload]),
      ]);
      known.push(workload);
      provider ??= common.keep(parent) ?? connection(`${logicalPrefix}${options.name}`, options);
      const missing = named(sharedObjects(options, known)).filter(({ name }) => !shared.has(name));
      register(missing, [], [], { provider }).forEach((made, i) => shared.set(missing[i]!.name, made));
      const own = register(named(objectsOf(options, workload)), [...shared.values()], after, { provider, parent });
      return { outside: outsideOf(options, workload), resources: [...shared.values(), ...own] };
    },
  };
}

/** The SDK's classes have nothing to add to objects that are sent as they are planned, and take time to load. */
class Resource extends pulumi.CustomResource {}
class Provider extends pulumi.ProviderResource {}

function connection(name: string, { kubeconfig, context }: KubernetesOptions): pulumi.ProviderResource {
  const { version } = JSON.parse(readFileSync(require.resolve("@pulumi/kubernetes/package.json"), "utf8")) as {
    version: string;
  };
  return new Provider(
    "kubernetes",
    name,
    {
      // A path is no secret; what the file holds is.
      ...(kubeconfig !== undefined && { kubeconfig: isContent(kubeconfig) ? pulumi.secret(kubeconfig) : kubeconfig }),
      ...(context !== undefined && { context }),
    },
    { version },
  );
}

/**
 * Registers objects in the order in which they are planned. What runs pods comes after all before it, so that they find
 * their files, rights and policies; and goes before them.
 */
function register(
  objects: readonly KubernetesObject[],
  shared: readonly pulumi.CustomResource[],
  after: readonly pulumi.Resource[],
  opts: pulumi.CustomResourceOptions,
): readonly pulumi.CustomResource[] {
  const created: pulumi.CustomResource[] = [];
  const namespaces: pulumi.CustomResource[] = [...shared];
  for (const object of objects) {
    const dependsOn = isController(object) ? [...shared, ...created, ...after] : namespaces;
    const resource = create(object, { ...opts, dependsOn: [...dependsOn] });
    if (object.type === "kubernetes:core/v1:Namespace") namespaces.push(resource);
    created.push(resource);
  }
  return created;
}

const isController = ({ type }: KubernetesObject): boolean => /^kubernetes:(apps|batch)\/v1:/.test(type);

const create = ({ type, name, inputs, keep }: KubernetesObject, opts: pulumi.CustomResourceOptions) =>
  new Resource(type, name, unseal(inputs) as pulumi.Inputs, {
    ...opts,
    // Only whoever says so deletes data. What is there already under its name is taken over when it comes back.
    ...(keep && { retainOnDelete: true, ignoreChanges: ["spec.storageClassName"] }),
    // Claims are objects of their own; the template of a controller can never change.
    ...(type === "kubernetes:apps/v1:StatefulSet" && { ignoreChanges: ["spec.volumeClaimTemplates"] }),
    ...(type === "kubernetes:core/v1:Secret" && { additionalSecretOutputs: ["data", "stringData"] }),
  });

/** Puts Pulumi secrets in place of sealed ones. */
function unseal(value: unknown): unknown {
  if (value instanceof Sealed) return pulumi.secret(value.unseal());
  if (Array.isArray(value)) return value.map(unseal);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unseal(item)]));
}
