import assert from "node:assert/strict";
import { askForRoom } from "../../../cli/fit";
import type { ClusterFacts } from "../../../cli/cluster-facts";
import { planOf } from "../../../cli/planned";
import { settingsOfStack } from "../../../configs/stack-file";
import { clusterOf } from "../../../stacks/host";

const settings = settingsOfStack("prod");
const { objects } = planOf(settings);
const node = (labels = {}) => ({
  metadata: { name: "node1", labels: { "kubernetes.io/os": "linux", ...labels } },
  status: { allocatable: { cpu: "2", memory: "24Gi", pods: "110" } },
});
const facts: ClusterFacts = {
  namespaces: [],
  storageClasses: [{ name: "local", isDefault: true, canGrow: true, makesVolumes: false }],
  claims: [{ namespace: "sightline-prod", name: "badger-jaeger-0", storage: "200Gi", storageClass: "local" }],
};
const volumes = ["100Gi", "100Gi", "100Gi", "20Gi", "10Gi"].map((storage, i) => ({
  metadata: { name: `v${i}` },
  spec: { storageClassName: "local", capacity: { storage } },
  status: { phase: "Available" },
}));

/** Answers by kind; a kind that is left out is forbidden, or not there. */
const answering = (answers: Readonly<Record<string, readonly object[]>>) => ({
  ask: (_get: string, kind = "") => {
    const items = answers[kind];
    return Promise.resolve({
      code: items === undefined ? 1 : 0,
      stdout: JSON.stringify({ items }),
      stderr: items === undefined ? `Error from server (Forbidden): ${kind} is forbidden` : "",
    });
  },
  start: () => assert.fail("nothing is started"),
});
const asked = (answers: Parameters<typeof answering>[0], known = facts) =>
  askForRoom(answering(answers), clusterOf(settings), objects, known);

describe("asking a cluster for room", () => {
  it("finds that prod does not fit 2 CPUs; claims that are bound need no volume", async () => {
    const { problems, notes, figures } = await asked({ nodes: [node()], pods: [], persistentvolumes: volumes });
    assert.deepEqual(
      problems.map(({ path, reason }) => `${path}: ${reason}`),
      ["cpu: the stack requests 5.7 CPUs, and node1 has 1.7 CPUs free of 2 CPUs"],
    );
    assert.deepEqual(notes, []);
    assert.match(figures ?? "", /^the stack requests 6 CPUs, 21\.\d+ GiB and 10 pods; nodes have 2 CPUs, 24 GiB/);
  });

  it("finds that a volume is missing where none is made, and asks for none where they are", async () => {
    const answers = { nodes: [node()], pods: [], persistentvolumes: volumes.slice(1) };
    const claims = async (known: ClusterFacts) =>
      (await asked(answers, known)).problems.filter(({ path }) => path.startsWith("claim")).map(({ path }) => path);
    assert.deepEqual(await claims(facts), [
      "claim sightline-prod/queue-sampler-1",
      "claim sightline-prod/data-grafana-0",
    ]);
    const made = facts.storageClasses.map((one) => ({ ...one, makesVolumes: true }));
    assert.deepEqual(await claims({ ...facts, storageClasses: made }), []);
  });

  it("refuses nothing where nodes are added as they are needed", async () => {
    const note = "whether the stack fits: nodes are added as they are needed";
    const status = { configmap: [] };
    for (const answers of [
      { nodes: [node()], pods: [], persistentvolumes: [], ...status },
      { nodes: [node({ "karpenter.sh/nodepool": "default" })], pods: [], persistentvolumes: [] },
    ]) {
      const { problems, notes } = await asked(answers);
      assert.deepEqual([problems, notes], [[], [note]]);
    }
  });

  it("says why it does not know where it may not read", async () => {
    const { problems, notes } = await asked({ nodes: [node()], persistentvolumes: [] });
    assert.deepEqual(
      [problems, notes],
      [[], ["whether the stack fits: Error from server (Forbidden): pods is forbidden"]],
    );
  });
});
