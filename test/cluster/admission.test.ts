import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AccessRule } from "../../components/core/workload";
import { namespaceOf, type KubernetesObject, type Manifest } from "../../components/platforms/kubernetes/objects";
import { kubernetesPlanner, type KubernetesOptions } from "../../components/platforms/kubernetes/plan";
import { settingsOfStack } from "../../configs/stack-file";
import { clusterOf } from "../../stacks/host";
import { describedSecrets, observability } from "../../stacks/observability";
import { kubectl } from "../support/cluster";

const settings = settingsOfStack("prod");
const from = { "kubernetes.io/metadata.name": "ingress-nginx" };
/** The prod stack beside whatever else runs, and with one port opened in each way that needs no other API. */
const options: KubernetesOptions = {
  ...clusterOf(settings),
  name: "admission",
  expose: {
    "agent/otlp-grpc": { kind: "cluster" },
    "grafana/http": { kind: "load-balancer", tls: { by: "the load balancer" }, sources: ["203.0.113.0/24"] },
    "jaeger/query": {
      kind: "ingress",
      host: "traces.example.com",
      tls: "traces-tls",
      authentication: { kind: "basic", by: "ingress-nginx", secret: "trace-readers" },
      from,
    },
  },
};
const planner = kubernetesPlanner(options);
const workloads = observability(settings, planner, describedSecrets);
const manifests = planner.plan(workloads).map(({ inputs }) => inputs as KubernetesObject["inputs"]);
const ofKind = (...kinds: readonly string[]) => manifests.filter(({ kind }) => kinds.includes(kind));
const accounts = ofKind("Namespace", "ServiceAccount", "ClusterRole", "ClusterRoleBinding");
const [main, agents, nodes] = ofKind("Namespace").map(({ metadata }) => metadata.name) as [string, string, string];

/** A pod as its controller would ask for it. */
const pods = ofKind("Deployment", "StatefulSet", "DaemonSet").map(({ metadata, ...rest }): Manifest => {
  const { template } = rest["spec"] as { template: { metadata: object; spec: { volumes?: object[] } } };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...template.metadata, name: metadata.name, namespace: metadata.namespace!, labels: {} },
    spec: { ...template.spec, volumes: [...(template.spec.volumes ?? []), ...claimsOf(rest["spec"])] },
  };
});

/** Volumes that a StatefulSet would add. */
function claimsOf(spec: unknown): object[] {
  const { volumeClaimTemplates = [] } = spec as { volumeClaimTemplates?: { metadata: { name: string } }[] };
  return volumeClaimTemplates.map(({ metadata: { name } }) => ({
    name,
    persistentVolumeClaim: { claimName: `${name}-0` },
  }));
}

describe("a Kubernetes cluster", () => {
  const folder = mkdtempSync(join(tmpdir(), "sightline-admission-"));
  const file = join(folder, "list.json");
  const send = (items: readonly object[], ...args: readonly string[]) => {
    writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
    return kubectl(...args, "--filename", file);
  };

  before(async () => {
    await send(accounts, "apply");
    await kubectl("create", "serviceaccount", "unbound", "--namespace", main);
  });
  after(async () => {
    await send(accounts, "delete", "--ignore-not-found");
    rmSync(folder, { recursive: true });
  });

  it("takes every object of the prod stack", async () => {
    const taken = await send(manifests, "apply", "--dry-run=server", "--output=name");
    assert.equal(taken.split("\n").length, manifests.length);
  });

  it("admits every pod under Pod Security, enforced, and what reads nodes in its own namespace alone", async () => {
    const levels = await kubectl(
      "get",
      "namespaces",
      main,
      agents,
      nodes,
      "--output",
      "jsonpath={.items[*].metadata.labels.pod-security\\.kubernetes\\.io/enforce}",
    );
    assert.equal(levels, "restricted restricted privileged");
    const admitted = await send(pods, "create", "--dry-run=server", "--output=name");
    assert.deepEqual(
      admitted.split("\n"),
      pods.map(({ metadata }) => `pod/${metadata.name}`),
    );
    const astray = pods
      .filter(({ metadata }) => metadata.namespace === nodes)
      .map((pod) => ({
        ...pod,
        metadata: { ...pod.metadata, namespace: main },
        spec: { ...(pod["spec"] as object), serviceAccountName: "unbound" },
      }));
    assert.equal(astray.length, 1);
    const refusal = send(astray, "create", "--dry-run=server");
    await assert.rejects(refusal, /violates PodSecurity "restricted:latest": restricted volume types /s);
  });

  it("gives each account the rights its workload declares, and those that every account has", async () => {
    const rights = async (account: string, namespace: string) => {
      const as = `--as=system:serviceaccount:${namespace}:${account}`;
      const [, ...lines] = (await kubectl("auth", "can-i", "--list", as, "--namespace", namespace)).split("\n");
      return lines.map((line) => line.trim().replaceAll(/\s+/g, " ")).sort();
    };
    const everybody = await rights("unbound", main);
    assert.ok(everybody.length > 0);
    for (const { name, placement, access = [] } of workloads) {
      const namespace = namespaceOf(options, placement);
      assert.deepEqual(await rights(name, namespace), [...everybody, ...access.flatMap(lines)].sort(), name);
    }
  });
});

/** As kubectl prints a rule: one line for each resource, with its group, and no names. */
const lines = ({ apiGroups, resources, verbs }: AccessRule): string[] =>
  resources.flatMap((resource) =>
    apiGroups.map((group) => `${resource}${group === "" ? "" : `.${group}`} [] [] [${verbs.join(" ")}]`),
  );
