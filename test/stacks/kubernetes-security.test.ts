import assert from "node:assert/strict";
import { nodeExceptions } from "../../components/platforms/kubernetes/exceptions";
import { podSecurityViolations } from "../support/pod-security";
import { prodOnKubernetes } from "./prod-on-kubernetes";

const { workloads, manifests } = prodOnKubernetes();

describe("the prod stack on Kubernetes", () => {
  it("breaks no rule of Pod Security but those that what reads nodes is excepted from", async () => {
    const violations = await podSecurityViolations(manifests);
    const [excepted, others] = [true, false].map((isReader) =>
      violations.filter((violation) => violation.includes(" sightline-prod-nodes/node-reader ") === isReader),
    );
    assert.deepEqual(others, []);
    assert.deepEqual(
      [...new Set(excepted?.map((violation) => violation.split(" ")[0]))],
      nodeExceptions.flatMap(({ rules }) => rules),
    );
  });

  it("keeps what reads nodes alone in the namespace that lets it", () => {
    const levels = manifests
      .filter(({ kind }) => kind === "Namespace")
      .map(({ metadata: { name, labels } }) => [name, labels?.["pod-security.kubernetes.io/enforce"]]);
    assert.deepEqual(levels, [
      ["sightline-prod", "restricted"],
      ["sightline-prod-agents", "restricted"],
      ["sightline-prod-nodes", "privileged"],
    ]);
    assert.deepEqual(
      manifests
        .filter(({ kind }) => ["Deployment", "StatefulSet", "DaemonSet"].includes(kind))
        .filter(({ metadata }) => metadata.namespace === "sightline-prod-nodes")
        .map(({ kind, metadata }) => `${kind} ${metadata.name}`),
      ["DaemonSet node-reader"],
    );
  });

  interface Spec {
    readonly template: {
      readonly spec: {
        readonly containers: readonly { readonly volumeMounts: readonly { name: string; readOnly?: boolean }[] }[];
        readonly volumes: readonly { name: string; hostPath?: { path: string } }[];
      };
    };
  }

  it("shows files of a machine to what reads nodes alone, each of them, read-only", () => {
    const shown = manifests.flatMap((manifest) => {
      const { containers = [], volumes = [] } = (manifest["spec"] as Partial<Spec> | undefined)?.template?.spec ?? {};
      const readOnly = new Map(containers[0]?.volumeMounts?.map((mount) => [mount.name, mount.readOnly ?? false]));
      return volumes.flatMap(({ name, hostPath }) =>
        hostPath ? [`${manifest.metadata.name}: ${hostPath.path} ${readOnly.get(name) ? "read-only" : "written"}`] : [],
      );
    });
    assert.deepEqual(
      shown,
      [
        ...["stat", "uptime", "diskstats", "loadavg", "meminfo", "1/net/dev", "swaps", "vmstat"].map(
          (f) => `/proc/${f}`,
        ),
      ]
        .concat("/var/log/pods")
        .map((path) => `node-reader: ${path} read-only`),
    );
  });

  it("writes nothing on a machine but what waits to be sent, and how far logs are read", () => {
    const volumes = manifests.filter(({ kind }) => kind === "PersistentVolume");
    const paths = volumes.map(({ spec }) => {
      const { hostPath, local } = spec as Partial<Record<"hostPath" | "local", { readonly path: string }>>;
      return (hostPath ?? local)?.path;
    });
    const own = ["agent/queue", "node-reader/queue", "node-reader/offsets"];
    assert.deepEqual(
      [...new Set(paths)].sort(),
      own.map((folder) => `/var/lib/sightline/sightline-prod/${folder}`).sort(),
    );
  });

  it("gives rights on the API to agents and what reads nodes alone, to read, and says that they are cluster-wide", () => {
    const roles = manifests.filter(({ kind }) => kind === "ClusterRole");
    assert.deepEqual(
      roles.map(({ metadata: { name, labels }, ...rest }) => [name, labels?.["sightline.dev/scope"], rest["rules"]]),
      [
        [
          "sightline-prod-agent",
          "cluster",
          [{ apiGroups: [""], resources: ["pods", "namespaces"], verbs: ["get", "list", "watch"] }],
        ],
        [
          "sightline-prod-node-reader",
          "cluster",
          [
            { apiGroups: [""], resources: ["nodes/stats"], verbs: ["get"] },
            { apiGroups: [""], resources: ["pods", "namespaces"], verbs: ["get", "list", "watch"] },
          ],
        ],
      ],
    );
    const clusterWide = manifests.filter(({ metadata: { namespace } }) => namespace === undefined);
    assert.deepEqual(
      clusterWide.map(({ kind }) => kind),
      [
        ...Array<string>(3).fill("Namespace"),
        ...["ClusterRole", "ClusterRoleBinding", "PersistentVolume", "PersistentVolume"],
        ...["ClusterRole", "ClusterRoleBinding", ...Array<string>(4).fill("PersistentVolume")],
      ],
    );
    const accounts = manifests.filter(({ kind }) => kind === "ServiceAccount");
    assert.deepEqual(accounts.map(({ metadata }) => metadata.name).sort(), workloads.map(({ name }) => name).sort());
    assert.deepEqual(
      accounts.filter((account) => account["automountServiceAccountToken"]).map(({ metadata }) => metadata.name),
      ["agent", "node-reader"],
    );
  });
});
