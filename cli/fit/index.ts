import type { PlannedObject } from "../../components/core/platform";
import type { KubernetesOptions } from "../../components/platforms/kubernetes/options";
import type { ClusterFacts } from "../cluster-facts";
import type { Kubectl } from "../kubectl";
import { claimsOf, podsOf } from "./demand";
import { fit, type Fit } from "./fit";
import { nodesFrom } from "./nodes";
import { freeVolumesFrom, unclaimable } from "./volumes";

/** Asks a cluster what is free, and says whether planned objects fit. What may not be read is a note. */
export async function askForRoom(
  kubectl: Kubectl,
  options: KubernetesOptions,
  objects: readonly PlannedObject[],
  facts: ClusterFacts,
): Promise<Partial<Fit> & Pick<Fit, "problems" | "notes">> {
  const get = (...args: readonly string[]) => kubectl.ask("get", ...args, "--output=json", "--request-timeout=10s");
  const [nodes, pods, volumes, autoscaler] = await Promise.all([
    get("nodes"),
    get("pods", "--all-namespaces"),
    get("persistentvolumes"),
    get("configmap", "cluster-autoscaler-status", "--namespace=kube-system"),
  ]);
  const silent = [nodes, pods, volumes].find(({ code }) => code !== 0);
  if (silent !== undefined) {
    const why = silent.stderr.trim().split("\n").at(-1) ?? "kubectl failed";
    return { problems: [], notes: [`whether the stack fits: ${why}`] };
  }
  const found = nodesFrom(nodes.stdout, pods.stdout, options.name);
  const { problems, notes, figures } = fit(podsOf(objects), found);
  const grows = autoscaler.code === 0 || found.some(({ labels }) => "karpenter.sh/nodepool" in labels);
  const unmet = grows ? [] : [...problems, ...volumeProblems(options, objects, facts, volumes.stdout)];
  const growing = grows && problems.length > 0 ? [`whether the stack fits: nodes are added as they are needed`] : [];
  return { problems: unmet, notes: [...notes, ...growing], figures };
}

/** Of claims that are not bound yet, in a class that makes no volumes. */
function volumeProblems(
  { storageClass }: KubernetesOptions,
  objects: readonly PlannedObject[],
  { claims, storageClasses }: ClusterFacts,
  volumes: string,
) {
  const used = storageClasses.find(({ name, isDefault }) =>
    storageClass === undefined ? isDefault : name === storageClass,
  );
  if (used === undefined || used.makesVolumes) return [];
  const isThere = (claim: { readonly namespace: string; readonly name: string }) =>
    claims.some(({ namespace, name }) => namespace === claim.namespace && name === claim.name);
  return unclaimable(
    claimsOf(objects).filter((claim) => !isThere(claim)),
    used.name,
    freeVolumesFrom(volumes),
  );
}
