import assert from "node:assert/strict";
import { agentExceptions } from "../../components/platforms/kubernetes/exceptions";
import { podSecurityViolations } from "../support/pod-security";
import { prodOnKubernetes } from "./prod-on-kubernetes";

const { workloads, manifests } = prodOnKubernetes();

describe("the prod stack on Kubernetes", () => {
  it("breaks no rule of Pod Security but those that node agents are excepted from", async () => {
    const violations = await podSecurityViolations(manifests);
    const [excepted, others] = [true, false].map((isAgent) =>
      violations.filter((violation) => violation.includes(" sightline-prod-agents/agent ") === isAgent),
    );
    assert.deepEqual(others, []);
    assert.deepEqual(
      [...new Set(excepted?.map((violation) => violation.split(" ")[0]))],
      agentExceptions.flatMap(({ rules }) => rules),
    );
  });

  it("keeps agents alone in the namespace that lets them", () => {
    const levels = manifests
      .filter(({ kind }) => kind === "Namespace")
      .map(({ metadata: { name, labels } }) => [name, labels?.["pod-security.kubernetes.io/enforce"]]);
    assert.deepEqual(levels, [
      ["sightline-prod", "restricted"],
      ["sightline-prod-agents", "privileged"],
    ]);
    assert.deepEqual(
      manifests
        .filter(({ kind }) => ["Deployment", "StatefulSet", "DaemonSet"].includes(kind))
        .filter(({ metadata }) => metadata.namespace === "sightline-prod-agents")
        .map(({ kind, metadata }) => `${kind} ${metadata.name}`),
      ["DaemonSet agent"],
    );
  });

  it("writes nothing on a machine but what waits to be sent", () => {
    const agent = manifests.find(({ kind }) => kind === "DaemonSet") as unknown as {
      spec: {
        template: {
          spec: {
            containers: { volumeMounts: { name: string; readOnly?: boolean }[] }[];
            volumes: { name: string; hostPath?: { path: string } }[];
          };
        };
      };
    };
    const { containers, volumes } = agent.spec.template.spec;
    const readOnly = new Map(containers[0]?.volumeMounts.map((mount) => [mount.name, mount.readOnly ?? false]));
    const folders = volumes.flatMap(({ name, hostPath }) =>
      hostPath ? [`${hostPath.path} ${readOnly.get(name) ? "read-only" : "written"}`] : [],
    );
    assert.deepEqual(folders, [
      "/ read-only",
      "/var/log/pods read-only",
      "/var/lib/sightline/sightline-prod/agent/queue written",
      "/var/lib/sightline/sightline-prod/agent/offsets written",
    ]);
  });

  it("gives rights on the API to the agent alone, to read, and says that they are cluster-wide", () => {
    const roles = manifests.filter(({ kind }) => kind === "ClusterRole");
    assert.deepEqual(
      roles.map(({ metadata: { name, labels }, ...rest }) => [name, labels?.["sightline.dev/scope"], rest["rules"]]),
      [
        [
          "sightline-prod-agent",
          "cluster",
          [
            { apiGroups: [""], resources: ["pods", "namespaces"], verbs: ["get", "list", "watch"] },
            { apiGroups: [""], resources: ["nodes/stats"], verbs: ["get"] },
          ],
        ],
      ],
    );
    const clusterWide = manifests.filter(({ metadata: { namespace } }) => namespace === undefined);
    assert.deepEqual(
      clusterWide.map(({ kind }) => kind),
      ["Namespace", "Namespace", "ClusterRole", "ClusterRoleBinding"],
    );
    const accounts = manifests.filter(({ kind }) => kind === "ServiceAccount");
    assert.deepEqual(accounts.map(({ metadata }) => metadata.name).sort(), workloads.map(({ name }) => name).sort());
    assert.deepEqual(
      accounts.filter((account) => account["automountServiceAccountToken"]).map(({ metadata }) => metadata.name),
      ["agent"],
    );
  });
});
