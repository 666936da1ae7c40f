import assert from "node:assert/strict";
import type { Workload } from "../../components/core/workload";
import { namespaceOf } from "../../components/platforms/kubernetes/objects";
import { reachability, type AnyManifest } from "../support/reachability";
import { prodOnKubernetes } from "./prod-on-kubernetes";

const { options, workloads, manifests } = prodOnKubernetes();

/** A pod of somebody else, in a namespace that no policy is about. */
const app: AnyManifest = { kind: "Pod", metadata: { name: "app", namespace: "shop" }, spec: { containers: [{}] } };
const all = [...manifests, app];

const id = ({ name, placement }: Workload) => `${namespaceOf(options, placement)}/${name}`;
const byName = new Map(workloads.map((workload) => [workload.name, workload]));

/** What the workloads and the settings say, without a look at any policy. */
const declared = [
  ...workloads.flatMap((client) =>
    (client.connects ?? []).map(({ workload, number }) => `${id(client)} > ${id(byName.get(workload)!)}:${number}/TCP`),
  ),
  ...Object.keys(options.expose ?? {}).map((exposed) => {
    const [workload = "", port = ""] = exposed.split("/");
    const server = byName.get(workload)!;
    return `shop/app > ${id(server)}:${server.ports[port]!.port}/TCP`;
  }),
].sort();

const isDenial = ({ metadata }: AnyManifest) => metadata.name.endsWith("-default-deny");
const policies = manifests.filter((manifest) => manifest.kind === "NetworkPolicy" && !isDenial(manifest));
const edgesWith = (changed: (manifest: AnyManifest) => AnyManifest | undefined) =>
  reachability(all.flatMap((manifest) => changed(manifest) ?? [])).edges;

describe("the network of the prod stack on Kubernetes", () => {
  it("connects what is declared, with nothing missing and nothing beside it", () => {
    assert.deepEqual(reachability(all).edges, declared);
    assert.equal(declared.length, 22);
  });

  it("lets Prometheus scrape every workload that has metrics", () => {
    const scraped = reachability(all)
      .edges.filter((edge) => edge.startsWith("sightline-prod/prometheus > "))
      .map((edge) => edge.split(" > ")[1]);
    assert.deepEqual(scraped, [
      "sightline-prod-agents/agent:8888/TCP",
      "sightline-prod-nodes/node-reader:8888/TCP",
      "sightline-prod/gateway:8888/TCP",
      "sightline-prod/jaeger:8888/TCP",
      "sightline-prod/sampler:8888/TCP",
      "sightline-prod/victorialogs:9428/TCP",
    ]);
  });

  it("loses a declared edge with each policy that is left out", () => {
    for (const policy of policies) {
      const left = edgesWith((manifest) => (manifest === policy ? undefined : manifest));
      const lost = declared.filter((edge) => !left.includes(edge));
      assert.notDeepEqual(lost, [], policy.metadata.name);
      assert.deepEqual(
        left,
        declared.filter((edge) => !lost.includes(edge)),
      );
    }
  });

  it("gains an edge that is not declared with each policy that lets everybody in", () => {
    for (const policy of policies) {
      const spec = policy["spec"] as { readonly ingress?: readonly { readonly ports: readonly object[] }[] };
      const [rule] = spec.ingress ?? [];
      // What is exposed to all pods of the cluster is as wide as it gets.
      if (rule === undefined || policy.metadata.name.endsWith("-exposed")) continue;
      const wider = edgesWith((manifest) =>
        manifest === policy ? { ...policy, spec: { ...spec, ingress: [{ ports: rule.ports }] } } : manifest,
      );
      assert.deepEqual(
        wider.filter((edge) => !declared.includes(edge) && !edge.startsWith("shop/app")),
        [],
      );
      assert.equal(wider.length, declared.length + 1, policy.metadata.name);
    }
  });

  it("gains many without the policies that deny", () => {
    const open = edgesWith((manifest) => (isDenial(manifest) ? undefined : manifest));
    assert.ok(open.includes("shop/app > sightline-prod/grafana:3000/TCP"));
    assert.ok(open.length > declared.length);
  });

  it("leaves no pod of the stack without a policy for what comes in and what goes out", () => {
    const { pods, opens } = reachability(all);
    const stack = pods.filter(({ namespace }) => namespace !== "shop");
    // The API server, whose address no manifest knows, and the plugin that asks VictoriaLogs.
    const abroad = ["sightline-prod-agents/agent", "sightline-prod-nodes/node-reader", "sightline-prod/grafana"];
    assert.deepEqual(stack.map((pod) => pod.id).sort(), workloads.map(id).sort());
    for (const pod of stack) {
      assert.equal(opens({ address: "203.0.113.7" }, pod, 22), false, pod.id);
      assert.equal(opens(pod, { address: "203.0.113.7" }, 22), false, pod.id);
      assert.equal(opens(pod, { address: "203.0.113.7" }, 443), abroad.includes(pod.id), pod.id);
    }
  });
});
