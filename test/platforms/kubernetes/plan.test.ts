import assert from "node:assert/strict";
import type { Workload } from "../../../components/core/workload";
import { kubernetesPlanner } from "../../../components/platforms/kubernetes/plan";
import { agent } from "../../support/platform-contract";
import { label } from "../../support/recorder";
import { bare, data, plan, planned, own, pod, spec, type Json } from "./manifests";

describe("kubernetes plan", () => {
  it("is the namespaces with their policies, and for each workload all that it needs before what runs it", () => {
    assert.deepEqual(plan(agent).map(label), [
      "kubernetes:core/v1:Namespace prod",
      "kubernetes:core/v1:Namespace prod-agents",
      "kubernetes:core/v1:Namespace prod-nodes",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy prod-default-deny",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy prod-agents-default-deny",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy prod-nodes-default-deny",
      "kubernetes:core/v1:ServiceAccount agent",
      "kubernetes:core/v1:ConfigMap agent-files-etc-agent",
      "kubernetes:core/v1:Secret agent",
      "kubernetes:core/v1:PersistentVolumeClaim agent-data-0",
      "kubernetes:core/v1:Service agent",
      "kubernetes:core/v1:Service agent-peers",
      "kubernetes:apps/v1:StatefulSet agent",
    ]);
  });

  it("holds all but what reads nodes to the strictest level of Pod Security", () => {
    const level = (name: string) => {
      const { labels } = planned(bare, "Namespace", name)?.["metadata"] as { labels: Json };
      const { "pod-security.kubernetes.io/enforce": enforce, "sightline.dev/stack": stack } = labels;
      return { enforce, stack };
    };
    assert.deepEqual(level("prod"), { enforce: "restricted", stack: "prod" });
    assert.deepEqual(level("prod-agents"), { enforce: "restricted", stack: "prod" });
    assert.deepEqual(level("prod-nodes"), { enforce: "privileged", stack: "prod" });
  });

  it("leaves namespaces alone that are there already", () => {
    const options = { namespace: "tracing", agentNamespace: "tracing-every", createNamespaces: false };
    assert.equal(planned(bare, "Namespace", "tracing", options), undefined);
    assert.equal((planned(bare, "Deployment", "bare", options)?.["metadata"] as Json)["namespace"], "tracing");
    const everywhere: Workload = { ...bare, placement: "every-node" };
    assert.equal(
      (planned(everywhere, "DaemonSet", "bare", options)?.["metadata"] as Json)["namespace"],
      "tracing-every",
    );
  });

  it("leads neighbours to the ports that are for them", () => {
    assert.deepEqual(spec({ ...agent, name: "bare" }, "Service"), {
      type: "ClusterIP",
      selector: own,
      ports: [
        { name: "otlp", port: 4317, targetPort: "otlp", protocol: "TCP" },
        { name: "metrics", port: 8888, targetPort: "metrics", protocol: "TCP" },
      ],
    });
    assert.equal(planned({ ...bare, ports: { http: { port: 80, reach: "workload" } } }, "Service"), undefined);
  });

  it("waits for pods with their controller, and nowhere else", () => {
    const waits = ["Service bare", "Service bare-peers", "PersistentVolumeClaim data-bare-0"].map((what) => {
      const [kind = "", name] = what.split(" ");
      const found = planned({ ...bare, volumes: { "/data": data } }, kind, name);
      return (found?.["metadata"] as { annotations: Json }).annotations["pulumi.com/skipAwait"];
    });
    assert.deepEqual(waits, ["true", "true", "true"]);
  });

  it("adds labels and annotations to everything, pods too", () => {
    const options = { labels: { team: "sre" }, annotations: { "example.com/owner": "me" } };
    const objects = plan(agent, options).map(({ inputs }) => inputs["metadata"] as { labels: Json; annotations: Json });
    const all = [...objects, pod(agent, options).metadata as (typeof objects)[number]];
    assert.ok(all.every((metadata) => metadata.labels["team"] === "sre"));
    assert.ok(all.every((metadata) => metadata.annotations["example.com/owner"] === "me"));
  });
});

describe("kubernetes locates", () => {
  const { locate } = kubernetesPlanner({ name: "prod" });

  it("a workload by the complete name of its Service", () => {
    assert.deepEqual(locate("bare", bare.ports), {
      http: { host: "bare.prod.svc.cluster.local", port: 80, of: { workload: "bare", port: "http" } },
    });
  });

  it("each of several processes by a name that lists them", () => {
    const several = kubernetesPlanner({ name: "prod", clusterDomain: "corp" }).locate("bare", bare.ports, {
      replicas: 2,
    });
    assert.deepEqual(several["http"], {
      host: "bare.prod.svc.corp",
      port: 80,
      peers: "bare-peers.prod.svc.corp",
      members: ["bare-0.bare-peers.prod.svc.corp", "bare-1.bare-peers.prod.svc.corp"],
      of: { workload: "bare", port: "http" },
    });
  });

  it("an agent in the namespace of agents", () => {
    assert.deepEqual(locate("bare", bare.ports, "every-node")["http"], {
      host: "bare.prod-agents.svc.cluster.local",
      port: 80,
      peers: "bare-peers.prod-agents.svc.cluster.local",
      of: { workload: "bare", port: "http", everyNode: "every-node" },
    });
  });
});
