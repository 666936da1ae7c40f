import assert from "node:assert/strict";
import { podsOf } from "../../../cli/fit/demand";
import { fit } from "../../../cli/fit/fit";
import { nodesFrom } from "../../../cli/fit/nodes";
import { planOf } from "../../../cli/planned";
import { sentence } from "../../../components/core/problems";
import { settingsFrom } from "../../../configs/settings-from";
import { rawSettings, settingsOfStack } from "../../../configs/stack-file";

interface NodeArgs {
  readonly name?: string;
  readonly cpu?: string;
  readonly memory?: string;
  readonly pods?: string;
  readonly spec?: object;
  readonly labels?: object;
}

/** A node as the API server has it. */
const node = ({ name = "node1", cpu = "2", memory = "24Gi", pods = "110", spec = {}, labels = {} }: NodeArgs) => ({
  metadata: { name, labels: { "kubernetes.io/os": "linux", ...labels } },
  spec,
  status: { allocatable: { cpu, memory, pods, "ephemeral-storage": "50Gi" } },
});

/** A pod that runs already. */
const pod = (requests: object, more: { spec?: object; labels?: object; phase?: string; on?: string } = {}) => ({
  metadata: { labels: more.labels ?? {} },
  spec: { nodeName: more.on ?? "node1", containers: [{ resources: { requests } }], ...more.spec },
  status: { phase: more.phase ?? "Running" },
});

const nodes = (items: readonly object[], pods: readonly object[] = []) =>
  nodesFrom(JSON.stringify({ items }), JSON.stringify({ items: pods }), "sightline-prod");

const prod = podsOf(planOf({ ...settingsOfStack("prod"), grafana: false }).objects);
const said = (...args: Parameters<typeof fit>) => fit(...args).problems.map(sentence);
const large = { cpu: "16", memory: "64Gi" };

describe("what nodes have free", () => {
  it("is what pods of others leave: the largest of those that run first counts, those that have ended do not", () => {
    const others = [
      pod({ cpu: "100m", memory: "70Mi" }),
      pod({ cpu: "0.25" }, { spec: { initContainers: [{ resources: { requests: { cpu: "1", memory: "1Gi" } } }] } }),
      pod({ cpu: "100m" }, { spec: { overhead: { cpu: "50m" } } }),
      pod({ cpu: "100m" }, { phase: "Succeeded" }),
      pod({ cpu: "100m" }, { labels: { "app.kubernetes.io/part-of": "sightline-prod" } }),
      pod({ cpu: "100m" }, { on: "node2" }),
    ];
    const [{ free } = assert.fail("no node")] = nodes([node({ cpu: "3920m", memory: "24091640Ki" })], others);
    const memory = 24091640 * 1024 - 70 * 1024 ** 2 - 1024 ** 3;
    assert.deepEqual({ ...free, cpu: free.cpu.toFixed(3) }, { cpu: "2.670", memory, pods: 107 });
  });

  it("counts what runs beside a container from before its start to its end", () => {
    const sidecar = { restartPolicy: "Always", resources: { requests: { cpu: "200m" } } };
    const first = { resources: { requests: { cpu: "350m" } } };
    const [{ free } = assert.fail("no node")] = nodes(
      [node({})],
      [pod({ cpu: "100m" }, { spec: { initContainers: [sidecar, first] } })],
    );
    assert.equal(free.cpu.toFixed(3), "1.450");
  });
});

describe("a stack that does not fit", () => {
  it("is told what it asks for, what is free, and what to lower", () => {
    const { problems, figures } = fit(prod, nodes([node({ memory: "12Gi" })], [pod({ cpu: "100m", memory: "70Mi" })]));
    assert.deepEqual(problems.map(sentence), [
      "cpu: the stack requests 5.5 CPUs, and node1 has 1.6 CPUs free of 2 CPUs; lower cpu.sampler (2 × 1), cpu.gateway (2 × 0.5), cpu.jaeger (1), cpu.prometheus (1), or add nodes; Pulumi.trial.yaml has sizes for 2 CPUs",
      "memory: the stack requests 20.01 GiB, and node1 has 11.18 GiB free of 12 GiB; lower memory.sampler (2 × 4 GiB), memory.jaeger (4.01 GiB), memory.prometheus (4 GiB), memory.gateway (2 × 1 GiB), or add nodes; Pulumi.trial.yaml has sizes for 2 CPUs",
    ]);
    assert.equal(
      figures,
      "the stack requests 5.8 CPUs, 20.76 GiB and 9 pods; nodes have 1.9 CPUs, 11.93 GiB and 109 pods free",
    );
  });

  it("has a pod that is larger than what is free on any node", () => {
    const small = ["node1", "node2", "node3"].map((name) => node({ name, cpu: "8", memory: "4Gi" }));
    assert.deepEqual(said(prod, nodes([...small, ...small, ...small])), [
      'memory.sampler: no node has enough free: node1 has the most, 3.25 GiB of 4 GiB, got "4 GiB"; request less, or add a larger node',
      'memory.jaeger: no node has enough free: node1 has the most, 3.25 GiB of 4 GiB, got "4.01 GiB"; request less, or add a larger node',
      'memory.prometheus: no node has enough free: node1 has the most, 3.25 GiB of 4 GiB, got "4 GiB"; request less, or add a larger node',
    ]);
  });

  it("has agents for which nodes have no room, also nodes that take no other pods", () => {
    const taint = { taints: [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }] };
    const full = [pod({ cpu: "1900m" }, { on: "control" }), pod({ cpu: "15.9" }, { on: "node2" })];
    const all = [
      node({ ...large, name: "node1" }),
      node({ name: "control", spec: taint }),
      node({ ...large, name: "node2", spec: { unschedulable: true } }),
    ];
    assert.deepEqual(said(prod, nodes(all, full)), [
      'cpu.agent: every node runs one, but control has 0.1 CPUs free of 2 CPUs, and 1 more nodes have too little, got "0.2 CPUs"; request less, or free resources on that node',
    ]);
  });

  it("meets nodes that take none of its pods", () => {
    const taint = { taints: [{ key: "dedicated", value: "db", effect: "NoExecute" }] };
    const [first] = said(prod, nodes([node({ ...large, spec: taint })]));
    assert.equal(
      first,
      "gateway: none of the 1 schedulable nodes accepts its pods; remove a taint, uncordon a node, or add nodes",
    );
  });

  it("asks for more pods than nodes may run", () => {
    assert.deepEqual(said(prod, nodes([node({ ...large, pods: "6" })])), [
      "pods: the stack requests 7 pods, and node1 has 4 pods free of 6 pods; lower gateway.replicas or sampler.replicas, or add nodes",
    ]);
  });

  it("runs a storage of its own that is too large", () => {
    const storage = { kind: "cassandra", retention: "72h", managed: { nodes: 3, size: "20 GiB", memory: "12 GiB" } };
    const settings = settingsFrom("prod", { ...rawSettings("prod"), storage, grafana: false });
    const found = said(podsOf(planOf(settings).objects), nodes([node({ cpu: "16", memory: "32Gi" })]));
    assert.deepEqual(
      found.map((sentence) => sentence.split(",")[0]),
      ["memory: the stack requests 56.1 GiB"],
    );
    assert.match(found[0]!, /lower storage\.managed\.memory \(3 × 12\.0?\d* GiB\), memory\.sampler/);
  });
});

describe("a stack that fits", () => {
  it("does on one node, or spread over several", () => {
    assert.deepEqual(said(prod, nodes([node(large)])), []);
    const three = ["node1", "node2", "node3"].map((name) => node({ name, cpu: "4", memory: "16Gi" }));
    assert.deepEqual(fit(prod, nodes(three)).problems, []);
    assert.deepEqual(fit(prod, nodes(three)).notes, []);
  });

  it("is not refused where there is room in pieces alone, and that is said", () => {
    // 5.5 CPUs in pods of one and of a half, on nodes with 0.9 and 1.3 free beside the agent.
    const pieces = [
      ...Array.from({ length: 4 }, (_, i) => node({ name: `s${i}`, cpu: "1.1", memory: "16Gi" })),
      ...Array.from({ length: 2 }, (_, i) => node({ name: `l${i}`, cpu: "1.5", memory: "16Gi" })),
    ];
    const { problems, notes } = fit(prod, nodes(pieces));
    assert.deepEqual([problems, notes.length], [[], 1]);
  });
});
