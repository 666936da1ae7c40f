import assert from "node:assert/strict";
import { Refusal, sentence } from "../../components/core/problems";
import type { Workload } from "../../components/core/workload";
import { settingsOfStack } from "../../configs/stack-file";
import { describedSecrets, observability } from "../../stacks/observability";
import { plannerOf } from "../../stacks/planner";
import { inUpdateOrder } from "../../components/path/update-order";
import { settingsFrom } from "../../configs/settings-from";
import { podSecurityViolations } from "../support/pod-security";
import { reachability, type AnyManifest } from "../support/reachability";

const managed = { nodes: 3, size: "100 GiB", memory: "4 GiB" };

function stack(storage: object, platform: "kubernetes" | "docker" = "kubernetes") {
  const settings =
    platform === "kubernetes"
      ? { ...settingsOfStack("prod"), storage: storage as never }
      : settingsFrom("dev", { storage });
  const planner = plannerOf(settings);
  const workloads: readonly Workload[] = observability(settings, planner, describedSecrets);
  return { workloads, objects: planner.plan(workloads) };
}

const manifestsOf = (storage: object) => stack(storage).objects.map(({ inputs }) => inputs as AnyManifest);

describe("a prod stack that runs its own storage", () => {
  const opensearch = manifestsOf({ kind: "opensearch", managed: { ...managed, nodes: 12 } });
  const cassandra = manifestsOf({ kind: "cassandra", managed });

  it("keeps to Pod Security restricted", async () => {
    for (const manifests of [opensearch, cassandra]) {
      const violations = await podSecurityViolations(manifests);
      assert.deepEqual(
        violations.filter((violation) => !violation.includes("-nodes/node-reader ")),
        [],
      );
    }
  });

  it("lets Jaeger reach it, and its nodes each other, and nobody else", () => {
    const to = (manifests: readonly AnyManifest[], engine: string) =>
      reachability(manifests)
        .edges.filter((edge) => edge.includes(` > sightline-prod/${engine}`))
        .map((edge) => edge.replaceAll("sightline-prod/", ""));
    assert.deepEqual(to(cassandra, "cassandra"), ["cassandra > cassandra:7000/TCP", "jaeger > cassandra:9042/TCP"]);
    assert.deepEqual(to(opensearch, "opensearch"), [
      "jaeger > opensearch:9200/TCP",
      "opensearch > opensearch-manager:9300/TCP",
      "opensearch > opensearch:9300/TCP",
      "opensearch-manager > opensearch-manager:9300/TCP",
      "opensearch-manager > opensearch:9300/TCP",
    ]);
  });

  it("has a claim for each node, a budget of one, and starts nodes of Cassandra in turn", () => {
    const spec = (kind: string, name: string) =>
      cassandra.find((manifest) => manifest.kind === kind && manifest.metadata.name === name)?.["spec"] as Record<
        string,
        unknown
      >;
    assert.equal(spec("StatefulSet", "cassandra")["podManagementPolicy"], "OrderedReady");
    assert.equal(spec("PodDisruptionBudget", "cassandra")["maxUnavailable"], 1);
    assert.equal(spec("Service", "cassandra-peers")["publishNotReadyAddresses"], true);
    assert.deepEqual(
      [0, 1, 2].map((i) => spec("PersistentVolumeClaim", `data-cassandra-${i}`)["resources"]),
      [0, 1, 2].map(() => ({ requests: { storage: "100Gi" } })),
    );
  });

  it("starts it before Jaeger, and Jaeger before what sends to it", () => {
    const { workloads } = stack({ kind: "opensearch", managed });
    const order = inUpdateOrder([...workloads].reverse()).map(({ name }) => name);
    const places = ["opensearch", "jaeger", "sampler", "gateway", "agent"].map((name) => order.indexOf(name));
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
    assert.ok(order.indexOf("opensearch") < order.indexOf("opensearch-cleaner"));
  });
});

describe("alerts on volumes", () => {
  /** What the rules of a stack ask about volumes. */
  function watched(storage: object, more: object = {}): readonly string[] {
    const settings = { ...settingsOfStack("prod"), storage: storage as never, ...more };
    const workloads = observability(settings, plannerOf(settings), describedSecrets);
    const files = JSON.stringify(workloads.find(({ name }) => name === "prometheus")!.files);
    return [...new Set([...files.matchAll(/k8s_pod_name=~\\+"([^"\\]+)/g)].map(([, pods]) => pods!))];
  }
  const opensearch = { kind: "opensearch", managed: { ...managed, nodes: 12 } };

  it("are on those of engines and brokers, which have no figures of their own", () => {
    assert.deepEqual(watched(opensearch), [
      "(opensearch-manager|opensearch)-[0-9]+",
      "(opensearch-manager)-[0-9]+",
      "(opensearch)-[0-9]+",
    ]);
    const buffer = { managed: { nodes: 3, size: "50 GiB" } };
    assert.deepEqual(watched({ kind: "cassandra", managed }, { buffer }), [
      "(cassandra|kafka)-[0-9]+",
      "(cassandra)-[0-9]+",
      "(kafka)-[0-9]+",
    ]);
    assert.deepEqual(watched({ kind: "badger", size: "20 GiB" }), []);
  });

  it("are not where nobody asks the kubelet", () => {
    const agent = { hostMetrics: true, containerLogs: true, kubeletMetrics: "off" };
    assert.deepEqual(watched(opensearch, { agent }), []);
    assert.deepEqual(watched(opensearch, { roles: ["gateway", "sampler"] }), []);
  });
});

describe("a dev stack that runs its own storage", () => {
  it("has it in one container, as the user of its image, and waits for it", () => {
    const { objects } = stack({ kind: "cassandra", managed: { ...managed, nodes: 1 } }, "docker");
    const { inputs } = objects.find(({ type, name }) => type.endsWith("Container") && name === "cassandra")!;
    const { user, readOnly, wait, waitTimeout, entrypoints } = inputs;
    assert.deepEqual(
      { user, readOnly, wait, waitTimeout },
      { user: "999:999", readOnly: true, wait: true, waitTimeout: 3160 },
    );
    assert.equal((entrypoints as readonly string[])[0], "/bin/bash");
  });

  it("is refused where it would have several on one machine", () => {
    assert.throws(
      () => settingsFrom("dev", { storage: { kind: "opensearch", managed } }),
      (error) =>
        error instanceof Refusal &&
        error.problems.map(sentence).join() ===
          "storage.managed.nodes: a Docker host is one machine, so all nodes would fail together, got 3; write 1, or run it on Kubernetes",
    );
  });
});
