import assert from "node:assert/strict";
import type { Workload } from "../../../components/core/workload";
import { agent } from "../../support/platform-contract";
import { bare, container, data, downward, labels, own, plan, planned, pod, type Json } from "./manifests";
import { testLogin } from "../../support/login";

describe("a pod", () => {
  it("has no right it does not need", () => {
    assert.deepEqual(planned(bare, "Deployment"), {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "bare", namespace: "prod", labels },
      spec: {
        selector: { matchLabels: own },
        replicas: 1,
        strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: "bare",
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            dnsConfig: { options: [{ name: "ndots", value: "2" }] },
            nodeSelector: { "kubernetes.io/os": "linux" },
            securityContext: {
              runAsUser: 65534,
              runAsGroup: 65533,
              runAsNonRoot: true,
              fsGroup: 65533,
              fsGroupChangePolicy: "OnRootMismatch",
              seccompProfile: { type: "RuntimeDefault" },
            },
            terminationGracePeriodSeconds: 30,
            containers: [
              {
                name: "bare",
                image: "example/bare:1.0.0@sha256:1234",
                env: downward,
                ports: [{ name: "http", containerPort: 80, protocol: "TCP" }],
                resources: { requests: { memory: "64Mi" }, limits: { memory: "64Mi" } },
                securityContext: {
                  runAsNonRoot: true,
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ["ALL"] },
                },
              },
            ],
          },
        },
      },
    });
  });

  it("gives the process what it is described with", () => {
    const { args, env } = container(agent);
    assert.deepEqual(args, ["--config=/etc/agent/agent.yaml"]);
    assert.deepEqual(env, [
      ...downward,
      { name: "LOG", value: "info" },
      { name: "TOKEN", valueFrom: { secretKeyRef: { name: "agent", key: "TOKEN" } } },
    ]);
  });

  it("counts scratch volumes as memory, since they are, and never limits CPUs", () => {
    assert.deepEqual(container(agent)["resources"], {
      requests: { cpu: "500m", memory: "320Mi" },
      limits: { memory: "320Mi" },
    });
  });

  it("writes amounts as the API server does, so that no refresh shows a change", () => {
    const large: Workload = { ...bare, memory: "2048 MiB", cpu: 2 };
    assert.deepEqual(container(large)["resources"], {
      requests: { cpu: "2", memory: "2Gi" },
      limits: { memory: "2Gi" },
    });
  });

  it("keeps files in ConfigMaps named after their content, and mounts each directory as one volume", () => {
    const files = {
      "/etc/bare/bare.yaml": { content: "a" },
      "/etc/bare/rules/b.yaml": { content: "b" },
      "/etc/bare/tls/key.pem": { secret: "c" },
      "/opt/bare/d.json": { secret: "d" },
    } as const;
    const workload: Workload = { ...bare, files };
    const maps = plan(workload).filter(({ type }) => type.endsWith("ConfigMap"));
    assert.deepEqual(
      maps.map(({ name, inputs }) => [name, (inputs["metadata"] as Json)["name"], inputs["data"], inputs["immutable"]]),
      [["bare-files-etc-bare", "bare-d9326e70f8", { "bare.yaml": "a", "rules_b.yaml": "b" }, true]],
    );
    assert.deepEqual(planned(workload, "Secret")?.["stringData"], {
      "etc_bare_tls_key.pem": "[secret]",
      "opt_bare_d.json": "[secret]",
    });
    assert.deepEqual(pod(workload).spec.volumes, [
      {
        name: "files-0",
        projected: {
          defaultMode: 0o444,
          sources: [
            {
              configMap: {
                name: "bare-d9326e70f8",
                items: [
                  { key: "bare.yaml", path: "bare.yaml" },
                  { key: "rules_b.yaml", path: "rules/b.yaml" },
                ],
              },
            },
            { secret: { name: "bare", items: [{ key: "etc_bare_tls_key.pem", path: "tls/key.pem" }] } },
          ],
        },
      },
      {
        name: "files-1",
        projected: {
          defaultMode: 0o444,
          sources: [{ secret: { name: "bare", items: [{ key: "opt_bare_d.json", path: "d.json" }] } }],
        },
      },
    ]);
    assert.deepEqual(container(workload)["volumeMounts"], [
      { name: "files-0", mountPath: "/etc/bare", readOnly: true },
      { name: "files-1", mountPath: "/opt/bare", readOnly: true },
    ]);
  });

  it("restarts pods with a new version of their secrets, and those alone that have any", () => {
    assert.deepEqual(pod(agent, { secretsVersion: 3 }).metadata["annotations"], {
      "sightline.dev/secrets-version": "3",
    });
    assert.equal(pod(bare, { secretsVersion: 3 }).metadata["annotations"], undefined);
  });

  it("asks over HTTP whether a process has started, is ready, and still works", () => {
    const { startupProbe, readinessProbe, livenessProbe } = container({
      ...bare,
      health: { port: "http", path: "/ready", startup: "90s" },
    });
    const httpGet = { path: "/ready", port: "http" };
    assert.deepEqual(startupProbe, { httpGet, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 45 });
    assert.deepEqual(readinessProbe, { httpGet, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 2 });
    assert.deepEqual(livenessProbe, { httpGet, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 });
  });

  it("asks for more at the start than later, and for an open port where there is no HTTP", () => {
    const more = container({ ...bare, health: { port: "http", path: "/", startPath: "/green" } });
    assert.deepEqual(
      [more["startupProbe"], more["readinessProbe"], more["livenessProbe"]].map(
        (probe) => (probe as { httpGet: { path: string } }).httpGet.path,
      ),
      ["/green", "/", "/"],
    );
    const open = container({ ...bare, health: { port: "http" } });
    assert.deepEqual(open["startupProbe"], {
      tcpSocket: { port: "http" },
      periodSeconds: 2,
      timeoutSeconds: 5,
      failureThreshold: 30,
    });
    assert.deepEqual(
      [open["readinessProbe"], open["livenessProbe"]].map((probe) => (probe as { tcpSocket: unknown }).tcpSocket),
      [{ port: "http" }, { port: "http" }],
    );
  });

  it("asks from inside what answers those alone who show a login, which no manifest may hold", () => {
    const health: Workload["health"] = { port: "http", path: "/", login: testLogin, command: ["/bin/check", "it"] };
    const asked = container({ ...bare, health });
    const probes = [asked["startupProbe"], asked["readinessProbe"], asked["livenessProbe"]];
    assert.deepEqual(
      probes.map((probe) => (probe as { exec: unknown }).exec),
      probes.map(() => ({ command: ["/bin/check", "it"] })),
    );
    const { command, ...without } = health;
    assert.ok(command);
    assert.deepEqual((container({ ...bare, health: without })["readinessProbe"] as { tcpSocket: unknown }).tcpSocket, {
      port: "http",
    });
  });

  it("lets a process go on serving before it is asked to stop, and finish afterwards", () => {
    const leaving: Workload = { ...bare, drain: "7s", grace: "40s" };
    assert.deepEqual(container(leaving)["lifecycle"], { preStop: { sleep: { seconds: 7 } } });
    assert.equal(pod(leaving).spec["terminationGracePeriodSeconds"], 47);
  });

  it("keeps scratch in memory", () => {
    const volumes = { "/tmp": { kind: "scratch", size: "16 MiB" } } as const;
    assert.deepEqual(pod({ ...bare, volumes }).spec.volumes, [
      { name: "scratch-0", emptyDir: { medium: "Memory", sizeLimit: "16Mi" } },
    ]);
  });

  it("lets what reads nodes see files of its machine, as a user without rights, in the group that may read logs", () => {
    const volumes = { "/hostfs/proc/stat": { kind: "host", path: "/proc/stat" } } as const;
    const { spec: found } = pod({ ...bare, placement: "reads-every-node", volumes });
    assert.deepEqual(found.volumes, [{ name: "host-0", hostPath: { path: "/proc/stat", type: "" } }]);
    assert.deepEqual(found.containers[0]["volumeMounts"], [
      { name: "host-0", mountPath: "/hostfs/proc/stat", readOnly: true, recursiveReadOnly: "IfPossible" },
    ]);
    assert.deepEqual(found["securityContext"], {
      runAsUser: 65534,
      runAsGroup: 65533,
      runAsNonRoot: true,
      fsGroup: 65533,
      fsGroupChangePolicy: "OnRootMismatch",
      supplementalGroups: [0],
      seccompProfile: { type: "RuntimeDefault" },
    });
    assert.deepEqual((found.containers[0]["securityContext"] as Json)["capabilities"], { drop: ["ALL"] });
  });

  it("gives what runs on every node a folder of its own there, by claims, as it may name none itself", () => {
    const everywhere: Workload = { ...bare, placement: "every-node", volumes: { "/data": data } };
    const { spec: found } = pod(everywhere);
    assert.deepEqual(found.volumes, [
      { name: "data", persistentVolumeClaim: { claimName: "bare-data" } },
      { name: "data-made", persistentVolumeClaim: { claimName: "bare-data-made" } },
    ]);
    assert.deepEqual(found.containers[0]["volumeMounts"], [
      { name: "data", mountPath: "/data" },
      { name: "data-made", mountPath: "/data-made", readOnly: true },
    ]);
    const path = "/var/lib/sightline/prod/bare/data";
    const onLinux = { matchExpressions: [{ key: "kubernetes.io/os", operator: "In", values: ["linux"] }] };
    const both = { storageClassName: "", accessModes: ["ReadWriteMany"] };
    const volume = (claim: string, source: object) => ({
      ...both,
      capacity: { storage: "1Gi" },
      persistentVolumeReclaimPolicy: "Retain",
      claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace: "prod-agents", name: claim },
      ...source,
    });
    const claim = (volumeName: string) => ({ ...both, volumeName, resources: { requests: { storage: "1Gi" } } });
    const specs = plan(everywhere)
      .filter(({ type }) => type.includes("PersistentVolume"))
      .map(({ inputs }) => [inputs["kind"], (inputs["metadata"] as Json)["name"], inputs["spec"]]);
    assert.deepEqual(specs, [
      [
        "PersistentVolume",
        "prod-bare-data-made",
        volume("bare-data-made", { hostPath: { path, type: "DirectoryOrCreate" } }),
      ],
      ["PersistentVolumeClaim", "bare-data-made", claim("prod-bare-data-made")],
      [
        "PersistentVolume",
        "prod-bare-data",
        volume("bare-data", {
          local: { path },
          nodeAffinity: { required: { nodeSelectorTerms: [onLinux] } },
        }),
      ],
      ["PersistentVolumeClaim", "bare-data", claim("prod-bare-data")],
    ]);
  });

  it("gives pods a priority class and credentials for registries", () => {
    const { priorityClassName, imagePullSecrets } = pod(bare, {
      priorityClass: "system-cluster-critical",
      imagePullSecrets: ["registry"],
    }).spec;
    assert.deepEqual([priorityClassName, imagePullSecrets], ["system-cluster-critical", [{ name: "registry" }]]);
  });
});
