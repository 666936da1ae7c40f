import assert from "node:assert/strict";
import type { Workload } from "../../../components/core/workload";
import type { KubernetesOptions } from "../../../components/platforms/kubernetes/plan";
import { bare, container, data, own, planned, pod, spec, type Json } from "./manifests";

describe("what runs pods", () => {
  it("waits longer for what starts slowly", () => {
    const slow: Workload = { ...bare, health: { port: "http", path: "/", startup: "15m" }, placement: { replicas: 2 } };
    assert.deepEqual((planned(slow, "Deployment")?.["metadata"] as Json)["annotations"], {
      "pulumi.com/timeoutSeconds": "2160",
    });
    assert.equal(spec(slow, "Deployment")["progressDeadlineSeconds"], 2160);
  });

  it("gives a workload with data a StatefulSet, and a claim for each of its pods", () => {
    const replicated: Workload = { ...bare, placement: { replicas: 2 }, volumes: { "/data": data } };
    const { template, ...rest } = spec(replicated, "StatefulSet", "bare", { storageClass: "fast" });
    assert.notEqual(template, undefined);
    const claim = {
      accessModes: ["ReadWriteOnce"],
      storageClassName: "fast",
      resources: { requests: { storage: "1Gi" } },
    };
    assert.deepEqual(rest, {
      selector: { matchLabels: own },
      replicas: 2,
      serviceName: "bare-peers",
      podManagementPolicy: "Parallel",
      updateStrategy: { type: "RollingUpdate" },
      volumeClaimTemplates: [{ metadata: { name: "data" }, spec: claim }],
    });
    for (const name of ["data-bare-0", "data-bare-1"]) {
      assert.deepEqual(spec(replicated, "PersistentVolumeClaim", name, { storageClass: "fast" }), claim);
    }
    assert.equal(planned(replicated, "PersistentVolumeClaim", "data-bare-2"), undefined);
    assert.equal(spec(replicated, "Service", "bare-peers")["clusterIP"], "None");
    assert.deepEqual(container(replicated)["volumeMounts"], [{ name: "data", mountPath: "/data" }]);
  });

  it("starts pods in turn where they have to, and names those that speak to each other before they are ready", () => {
    const workload: Workload = { ...bare, inTurn: true, placement: { replicas: 2 }, volumes: { "/data": data } };
    assert.equal(spec(workload, "StatefulSet")["podManagementPolicy"], "OrderedReady");
    assert.equal(spec(workload, "Service", "bare-peers")["publishNotReadyAddresses"], undefined);
    const cluster: Workload = { ...workload, connects: [{ workload: "bare", port: "http", number: 80 }] };
    assert.equal(spec(cluster, "Service", "bare-peers")["publishNotReadyAddresses"], true);
    assert.equal(spec(cluster, "Service")["publishNotReadyAddresses"], undefined);
  });

  it("runs an agent on every node, in a namespace of its own, asked on its own node", () => {
    const { template, ...rest } = spec({ ...bare, placement: "every-node" }, "DaemonSet");
    assert.notEqual(template, undefined);
    assert.deepEqual(rest, {
      selector: { matchLabels: own },
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1 } },
    });
    assert.equal(spec({ ...bare, placement: "every-node" }, "Service")["internalTrafficPolicy"], "Local");
    assert.deepEqual(pod({ ...bare, placement: "every-node" }).spec["tolerations"], [{ operator: "Exists" }]);
  });

  it("runs on nodes with Linux, and on those that are chosen for it", () => {
    const tolerations = [{ key: "dedicated", operator: "Exists" }] as const;
    const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } };
    const chosen = (placement?: "every-node") =>
      pod(
        { ...bare, ...(placement && { placement }) },
        { scheduling: { bare: { nodeSelector: { disk: "ssd" }, tolerations, affinity } } },
      ).spec;
    for (const spec of [chosen(), chosen("every-node")]) {
      assert.deepEqual(
        [spec["nodeSelector"], spec["tolerations"], spec["affinity"]],
        [{ disk: "ssd", "kubernetes.io/os": "linux" }, tolerations, affinity],
      );
    }
    const { nodeSelector, tolerations: none, affinity: neither } = pod(bare).spec;
    assert.deepEqual([nodeSelector, none, neither], [{ "kubernetes.io/os": "linux" }, undefined, undefined]);
  });

  it("leaves it to the cluster who a process is, where it is told to, but for the group that reads logs", () => {
    const volumes = { "/logs": { kind: "host", path: "/var/log/pods" } } as const;
    const assigned = (workload: Workload) => pod(workload, { runAs: "platform" }).spec["securityContext"];
    assert.deepEqual(assigned(bare), { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
    assert.deepEqual(assigned({ ...bare, placement: "reads-every-node", volumes }), {
      runAsNonRoot: true,
      supplementalGroups: [0],
      seccompProfile: { type: "RuntimeDefault" },
    });
  });

  it("spreads replicas over nodes and zones where there are any, and lets a drain take one at a time", () => {
    const replicated: Workload = { ...bare, placement: { replicas: 3 } };
    const over = (topologyKey: string) => ({
      topologyKey,
      maxSkew: 1,
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels: own },
    });
    assert.deepEqual(pod(replicated).spec["topologySpreadConstraints"], [
      over("kubernetes.io/hostname"),
      over("topology.kubernetes.io/zone"),
    ]);
    const budget = (options: Partial<KubernetesOptions> = {}) =>
      spec(replicated, "PodDisruptionBudget", "bare", options);
    const rest = { selector: { matchLabels: own }, unhealthyPodEvictionPolicy: "AlwaysAllow" };
    assert.deepEqual(budget(), { maxUnavailable: 1, ...rest });
    assert.deepEqual(budget({ minAvailable: { bare: 1 } }), { minAvailable: 1, ...rest });
  });

  it("guards no single pod against drains: it would only block them", () => {
    assert.equal(planned(bare, "PodDisruptionBudget"), undefined);
    assert.equal(planned({ ...bare, placement: "every-node" }, "PodDisruptionBudget"), undefined);
    assert.equal(pod(bare).spec["topologySpreadConstraints"], undefined);
  });

  it("leaves the number of pods to an autoscaler where there is one", () => {
    const scaled: Workload = { ...bare, cpu: 0.5, placement: { replicas: { min: 2, max: 6, cpuPercent: 70 } } };
    assert.equal("replicas" in spec(scaled, "Deployment"), false);
    assert.deepEqual(spec(scaled, "HorizontalPodAutoscaler"), {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "bare" },
      minReplicas: 2,
      maxReplicas: 6,
      metrics: [
        { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } },
      ],
    });
    assert.equal(spec(scaled, "PodDisruptionBudget")["maxUnavailable"], 1);
  });
});
