import { z } from "zod";
import { isDataClaim } from "../../components/platforms/kubernetes/folders";
import { labelsOf, namespacesOf, stackLabel } from "../../components/platforms/kubernetes/objects";
import type { KubernetesOptions } from "../../components/platforms/kubernetes/options";
import { ToolchainError } from "../../toolchain/error";
import type { Kubectl } from "../kubectl";
import type { Held, Holder } from "./held";

/** Kinds in a namespace, processes before what they use. */
const inNamespace = [
  "cronjob",
  "deployment",
  "statefulset",
  "daemonset",
  "horizontalpodautoscaler",
  "poddisruptionbudget",
  "ingress",
  "service",
  "networkpolicy",
  "rolebinding",
  "role",
  "serviceaccount",
  "configmap",
  "secret",
  "persistentvolumeclaim",
] as const;
const clusterWide = ["clusterrolebinding", "clusterrole", "persistentvolume"] as const;

const item = z.object({
  kind: z.string(),
  metadata: z.object({ name: z.string(), namespace: z.string().optional() }),
  spec: z
    .object({
      storageClassName: z.string().optional(),
      volumes: z.array(z.object({ persistentVolumeClaim: z.object({ claimName: z.string() }).optional() })).default([]),
    })
    .default({ volumes: [] }),
});
const list = z.object({ items: z.array(item) });

/** What a cluster holds of a stack. */
export function kubernetesHolder(kubectl: Kubectl, options: KubernetesOptions): Holder {
  const subject = `cluster${options.context === undefined ? "" : ` ${options.context}`}`;
  const failed = (reason: string, remedy: string) => new ToolchainError({ path: subject, reason, remedy });
  const get = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await kubectl.ask("get", ...args, "--output=json", "--request-timeout=10s");
    if (code !== 0) throw failed(lastLine(stderr), "see whether `kubectl get namespaces` answers");
    return list.parse(JSON.parse(stdout)).items;
  };
  const ours = `--selector=${selectorOf(options)}`;
  const spaces = namespacesOf(options);
  return {
    subject,
    async list() {
      const owned = await get("namespaces", `--selector=${stackLabel}=${options.name}`);
      const objects: Held[] = [];
      const used: string[] = [];
      for (const namespace of new Set([...spaces, ...owned.map(({ metadata }) => metadata.name)])) {
        const found = await get(inNamespace.join(","), ours, "--namespace", namespace);
        objects.push(...found.map((one) => heldOf(one, namespace)));
        const pods = await get("pods", "--namespace", namespace);
        used.push(
          ...pods.flatMap(({ spec }) => spec.volumes).map((v) => `${namespace}/${v.persistentVolumeClaim?.claimName}`),
        );
      }
      const rights = await get(clusterWide.join(","), ours);
      return [
        ...objects
          .map((one) => (one.data ? { ...one, used: used.includes(`${one.namespace}/${one.name}`) } : one))
          .sort(inOrder),
        ...rights.map((one) => heldOf(one)),
        ...owned.map((one) => heldOf(one)),
      ];
    },
    async delete(held) {
      const left: string[] = [];
      const sets = Map.groupBy(held, ({ kind, namespace = "" }) => `${namespace}/${kind}`);
      for (const all of sets.values()) {
        const [{ kind, namespace } = held[0]!] = all;
        const place = namespace === undefined ? [] : ["--namespace", namespace];
        const names = all.map(({ name }) => name);
        const { code, stderr } = await kubectl.ask("delete", kind, ...names, ...place, "--ignore-not-found", wait);
        if (code !== 0) left.push(lastLine(stderr));
      }
      if (left.length > 0)
        throw failed(left.join("; "), "see what holds it with `kubectl describe`, and run the command again");
    },
  };
}

const wait = "--timeout=180s";

const selectorOf = (options: KubernetesOptions): string => {
  const own = labelsOf({ name: options.name });
  return Object.entries(own)
    .map(([label, value]) => `${label}=${value}`)
    .join(",");
};

function heldOf(one: z.infer<typeof item>, namespace?: string): Held {
  const name = one.metadata.name;
  return {
    kind: one.kind.toLowerCase(),
    name,
    ...(namespace !== undefined && { namespace }),
    data: isDataClaim(one),
  };
}

const kinds: readonly string[] = inNamespace;
const inOrder = (a: Held, b: Held): number =>
  kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || (a.name < b.name ? -1 : 1);

const lastLine = (text: string): string => text.trim().split("\n").at(-1) || "no answer";
