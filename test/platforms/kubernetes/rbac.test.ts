import assert from "node:assert/strict";
import { accessOf, serviceAccountName } from "../../../components/platforms/kubernetes/rbac";
import { agent, gateway } from "./sample";

const options = { name: "prod", namespace: "tracing" };

const labels = (workload: string) => ({
  "app.kubernetes.io/managed-by": "sightline",
  "app.kubernetes.io/name": workload,
  "app.kubernetes.io/part-of": "prod",
  "app.kubernetes.io/version": "1.2.3",
});

describe("rights on the Kubernetes API", () => {
  it("are none for a workload that declares none: an account of its own, without a token", () => {
    assert.deepEqual(accessOf(options, gateway), [
      {
        type: "kubernetes:core/v1:ServiceAccount",
        name: "gateway",
        inputs: {
          apiVersion: "v1",
          kind: "ServiceAccount",
          metadata: { name: "gateway", namespace: "tracing", labels: labels("gateway") },
          automountServiceAccountToken: false,
        },
      },
    ]);
    assert.equal(serviceAccountName(gateway), "gateway");
  });

  it("are exactly those declared, in a role that says it is cluster-wide and carries the name of the stack", () => {
    const [account, role, binding, ...rest] = accessOf(options, agent);
    assert.deepEqual(rest, []);
    assert.deepEqual(account?.inputs, {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: "agent", namespace: "tracing-agents", labels: labels("agent") },
      automountServiceAccountToken: true,
    });
    const metadata = { name: "prod-agent", labels: { ...labels("agent"), "sightline.dev/scope": "cluster" } };
    assert.deepEqual(role, {
      type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
      name: "agent",
      inputs: {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "ClusterRole",
        metadata,
        rules: [{ apiGroups: [""], resources: ["pods", "namespaces"], verbs: ["get", "list", "watch"] }],
      },
    });
    assert.deepEqual(binding, {
      type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
      name: "agent",
      inputs: {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "ClusterRoleBinding",
        metadata,
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "prod-agent" },
        subjects: [{ kind: "ServiceAccount", name: "agent", namespace: "tracing-agents" }],
      },
    });
  });
});
