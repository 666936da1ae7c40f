import { z } from "zod";
import type { PlannedObject } from "../components/core/platform";
import type { Problem } from "../components/core/problems";
import {
  agentNamespace,
  mainNamespace,
  nodeNamespace,
  stackLabel,
  type Manifest,
} from "../components/platforms/kubernetes/objects";
import { isDataClaim } from "../components/platforms/kubernetes/folders";
import type { KubernetesOptions } from "../components/platforms/kubernetes/options";
import type { Kubectl } from "./kubectl";
import { quantity } from "./preview/capacity";

/** What only the cluster knows. */
export interface ClusterFacts {
  readonly namespaces: readonly { readonly name: string; readonly labels: Readonly<Record<string, string>> }[];
  readonly storageClasses: readonly {
    readonly name: string;
    readonly isDefault: boolean;
    readonly canGrow: boolean;
    /** A volume for each claim; else claims wait for volumes that somebody makes by hand. */
    readonly makesVolumes: boolean;
  }[];
  readonly claims: readonly {
    readonly namespace: string;
    readonly name: string;
    readonly storage: string;
    readonly storageClass?: string;
  }[];
}

const text = z.record(z.string(), z.string()).default({});
const item = z.object({
  kind: z.string(),
  metadata: z.object({ name: z.string(), namespace: z.string().optional(), labels: text, annotations: text }),
  allowVolumeExpansion: z.boolean().default(false),
  provisioner: z.string().optional(),
  spec: z
    .object({
      storageClassName: z.string().optional(),
      resources: z.object({ requests: text }).optional(),
    })
    .default({}),
});
const list = z.object({ items: z.array(item) });

/** Asks a cluster; says why where it does not answer. */
export async function clusterFacts(
  kubectl: Kubectl,
  options: KubernetesOptions,
): Promise<{ readonly facts: ClusterFacts } | { readonly unreachable: string }> {
  const get = (...args: readonly string[]) => kubectl.ask("get", ...args, "--output=json", "--request-timeout=10s");
  const answers = [
    await get("namespaces"),
    await get("storageclasses.storage.k8s.io"),
    await get("persistentvolumeclaims", "--namespace", mainNamespace(options)),
  ];
  const silent = answers.find(({ code }) => code !== 0);
  if (silent !== undefined) return { unreachable: silent.stderr.trim().split("\n").at(-1) ?? "kubectl failed" };
  const [namespaces, classes, claims] = answers.map(({ stdout }) => list.parse(JSON.parse(stdout)).items);
  return {
    facts: {
      namespaces: namespaces!.map(({ metadata: { name, labels } }) => ({ name, labels })),
      storageClasses: classes!.map(
        ({ metadata: { name, annotations }, allowVolumeExpansion: canGrow, provisioner }) => ({
          name,
          isDefault: annotations["storageclass.kubernetes.io/is-default-class"] === "true",
          canGrow,
          makesVolumes: provisioner !== "kubernetes.io/no-provisioner",
        }),
      ),
      claims: claims!.map(({ metadata: { name, namespace = "" }, spec: { storageClassName, resources } }) => ({
        namespace,
        name,
        storage: resources?.requests["storage"] ?? "0",
        ...(storageClassName !== undefined && { storageClass: storageClassName }),
      })),
    },
  };
}

/**
 * What a cluster would not take, or what belongs to somebody else there.
 *
 * @param isUp whether this stack runs, so that what bears its name is its own
 */
export const factProblems = (
  options: KubernetesOptions,
  objects: readonly PlannedObject[],
  facts: ClusterFacts,
  isUp: boolean,
): Problem[] => {
  const claims = objects.map(({ inputs }) => inputs as Manifest).filter(isDataClaim);
  return [
    ...namespaceProblems(options, facts, isUp),
    ...(claims.length > 0 ? classProblems(options, facts) : []),
    ...claims.flatMap((claim) => claimProblems(claim, facts)),
  ];
};

function namespaceProblems(options: KubernetesOptions, { namespaces }: ClusterFacts, isUp: boolean): Problem[] {
  const asked = [
    { path: "kubernetes.namespace", value: mainNamespace(options) },
    { path: "kubernetes.agentNamespace", value: agentNamespace(options) },
    { path: "kubernetes.nodeNamespace", value: nodeNamespace(options) },
  ];
  return asked.flatMap(({ path, value }) => {
    const found = namespaces.find(({ name }) => name === value);
    if (options.createNamespaces === false) {
      const remedy = `\`kubectl create namespace ${value}\`, or remove createNamespaces`;
      return found === undefined ? [{ path, value, reason: "the cluster has no such namespace", remedy }] : [];
    }
    const owner = found?.labels[stackLabel];
    if (found === undefined || (owner === options.name && isUp)) return [];
    if (owner === undefined) {
      const remedy = "choose another name, or set kubernetes.createNamespaces: false to use it as it is";
      return [{ path, value, reason: "the namespace already exists and this stack did not create it", remedy }];
    }
    return owner === options.name
      ? [
          {
            path,
            value,
            reason: "a stack of the same name, unknown to this Pulumi backend, runs in it",
            remedy: "choose another name, or use the Pulumi backend that made it",
          },
        ]
      : [{ path, value, reason: `belongs to stack ${owner}`, remedy: "choose another name or namespace" }];
  });
}

function classProblems({ storageClass }: KubernetesOptions, { storageClasses }: ClusterFacts): Problem[] {
  const path = "kubernetes.storageClass";
  const names = storageClasses.map(({ name }) => name).join(", ") || "none";
  if (storageClass === undefined) {
    return storageClasses.some(({ isDefault }) => isDefault)
      ? []
      : [{ path, reason: "missing, and the cluster has no default class", remedy: `use one of ${names}` }];
  }
  return storageClasses.some(({ name }) => name === storageClass)
    ? []
    : [{ path, value: storageClass, reason: "the cluster has no such storage class", remedy: `use one of ${names}` }];
}

function claimProblems({ metadata, ...manifest }: Manifest, { claims, storageClasses }: ClusterFacts): Problem[] {
  const live = claims.find(({ name, namespace }) => name === metadata.name && namespace === metadata.namespace);
  if (live === undefined) return [];
  const { spec } = list.shape.items.element.parse({ ...manifest, metadata });
  const storage = spec.resources?.requests["storage"] ?? "0";
  const path = `claim ${metadata.namespace}/${metadata.name}`;
  if (quantity(storage) < quantity(live.storage)) {
    const remedy = "keep the size, or move the data to a new claim by hand";
    return [{ path, value: storage, reason: `it has ${live.storage}, and a claim cannot shrink`, remedy }];
  }
  const known = storageClasses.find(({ name }) => name === live.storageClass);
  if (quantity(storage) > quantity(live.storage) && known?.canGrow === false) {
    const remedy = "keep the size, or set allowVolumeExpansion: true in the class";
    return [
      {
        path,
        value: storage,
        reason: `class ${known.name} does not allow the claim to grow beyond ${live.storage}`,
        remedy,
      },
    ];
  }
  return [];
}
