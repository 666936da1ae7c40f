import assert from "node:assert/strict";
import { kubernetesHolder } from "../../../cli/held/kubernetes";
import { ToolchainError } from "../../../toolchain/error";

const object = (kind: string, name: string, spec = {}) => ({ kind, metadata: { name }, spec });
const claimIn = (claimName: string) => ({ volumes: [{ persistentVolumeClaim: { claimName } }, { emptyDir: {} }] });

/** A kubectl that knows some objects by the kinds it is asked for and where. */
function cluster(known: Readonly<Record<string, readonly object[]>>, failure = "") {
  const asked: string[] = [];
  const ask = (...args: readonly string[]) => {
    asked.push(args.join(" "));
    const [, kinds = "", ...rest] = args;
    const space = rest[rest.indexOf("--namespace") + 1];
    const key = rest.includes("--namespace") ? `${space}/${kinds.split(",")[0]}` : kinds.split(",")[0]!;
    const stdout = JSON.stringify({ items: known[key] ?? [] });
    return Promise.resolve({ code: failure === "" ? 0 : 1, stdout, stderr: failure });
  };
  const kubectl = { ask, start: () => assert.fail("nothing is started") };
  return { asked, holder: kubernetesHolder(kubectl, { name: "prod" }) };
}

describe("what a cluster holds of a stack", () => {
  const known = {
    namespaces: [object("Namespace", "prod"), object("Namespace", "prod-agents")],
    "prod/cronjob": [
      object("PersistentVolumeClaim", "data-loki-0"),
      object("PersistentVolumeClaim", "badger-jaeger-0"),
      object("StatefulSet", "loki"),
    ],
    "prod/pods": [object("Pod", "loki-0", claimIn("data-loki-0"))],
    "prod-agents/cronjob": [object("DaemonSet", "agent")],
    clusterrolebinding: [object("ClusterRole", "prod-agent")],
  };

  it("is found by label in its namespaces and beyond, claims with whether a pod has them", async () => {
    assert.deepEqual(await cluster(known).holder.list(), [
      { kind: "statefulset", name: "loki", namespace: "prod", data: false },
      { kind: "daemonset", name: "agent", namespace: "prod-agents", data: false },
      { kind: "persistentvolumeclaim", name: "badger-jaeger-0", namespace: "prod", data: true, used: false },
      { kind: "persistentvolumeclaim", name: "data-loki-0", namespace: "prod", data: true, used: true },
      { kind: "clusterrole", name: "prod-agent", data: false },
      { kind: "namespace", name: "prod", data: false },
      { kind: "namespace", name: "prod-agents", data: false },
    ]);
  });

  it("is asked for by the labels that every object of a stack bears", async () => {
    const { asked, holder } = cluster({});
    await holder.list();
    const ours = "--selector=app.kubernetes.io/managed-by=sightline,app.kubernetes.io/part-of=prod";
    assert.equal(asked[0], "get namespaces --selector=sightline.dev/stack=prod --output=json --request-timeout=10s");
    assert.equal(asked[1]?.includes(` ${ours} --namespace prod `), true);
  });

  it("goes kind by kind, processes first, and is waited for", async () => {
    const { asked, holder } = cluster(known);
    const held = await holder.list();
    asked.length = 0;
    await holder.delete(held);
    assert.deepEqual(asked, [
      "delete statefulset loki --namespace prod --ignore-not-found --timeout=180s",
      "delete daemonset agent --namespace prod-agents --ignore-not-found --timeout=180s",
      "delete persistentvolumeclaim badger-jaeger-0 data-loki-0 --namespace prod --ignore-not-found --timeout=180s",
      "delete clusterrole prod-agent --ignore-not-found --timeout=180s",
      "delete namespace prod prod-agents --ignore-not-found --timeout=180s",
    ]);
  });

  it("is never taken for nothing where the cluster does not answer", async () => {
    await assert.rejects(
      () => cluster({}, "connection refused").holder.list(),
      new ToolchainError({
        path: "cluster",
        reason: "connection refused",
        remedy: "see whether `kubectl get namespaces` answers",
      }),
    );
  });
});
