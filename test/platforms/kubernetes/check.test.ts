import assert from "node:assert/strict";
import { Refusal } from "../../../components/core/problems";
import type { Workload } from "../../../components/core/workload";
import { kubernetesPlanner, type KubernetesOptions } from "../../../components/platforms/kubernetes/plan";
import { bare as web, data } from "./manifests";

/** Each problem as `path: reason`. */
function refused(workloads: readonly Workload[], options: Partial<KubernetesOptions> = {}): string[] {
  try {
    kubernetesPlanner({ name: "prod", ...options }).plan(workloads);
    return [];
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    assert.ok(error.problems.every(({ remedy }) => remedy.length > 0));
    return error.problems.map(({ path, reason }) => `${path}: ${reason}`);
  }
}

const scaled = (change: object = {}) => ({ placement: { replicas: { min: 2, max: 6, cpuPercent: 70, ...change } } });
const notReplicas = "not a number of replicas";

/** What one workload is refused for, by what is changed in it. */
const workloads: Readonly<Record<string, readonly [Partial<Workload>, ...string[]]>> = {
  "nothing wrong": [{}],
  "nothing wrong with what reads nodes": [
    { placement: "reads-every-node", volumes: { "/data": data, "/hostfs": { kind: "host", path: "/" } } },
  ],
  "a folder of the machine for an agent": [
    { placement: "every-node", volumes: { "/data": data, "/hostfs": { kind: "host", path: "/" } } },
    "bare.volumes./hostfs: a file or folder of the machine, which only what is there to read it may see",
  ],
  "nothing wrong with data in replicas": [{ placement: { replicas: 2 }, volumes: { "/data": data } }],
  "nothing wrong with replicas by load": [{ cpu: 0.5, ...scaled() }],
  "its own problems": [
    { problems: [{ path: "retention", reason: "no unit", remedy: "write 72h" }] },
    "bare.retention: no unit",
  ],
  "a bad name": [{ name: "Web_1" }, "Web_1.name: not a name"],
  "no replicas": [{ placement: { replicas: 0 } }, `bare.placement.replicas: ${notReplicas}`],
  "half a replica": [{ placement: { replicas: 1.5 } }, `bare.placement.replicas: ${notReplicas}`],
  "a folder of the machine for what is anywhere": [
    { volumes: { "/hostfs": { kind: "host", path: "/" } } },
    "bare.volumes./hostfs: a file or folder of the machine, which only what is there to read it may see",
  ],
  "replicas with data that come and go by load": [
    { cpu: 0.5, volumes: { "/data": data }, ...scaled() },
    "bare.placement.replicas: pods with their own data cannot be autoscaled: data on the claim of a removed pod is not sent",
  ],
  "more replicas at least than at most": [
    { cpu: 0.5, ...scaled({ min: 7 }) },
    "bare.placement.replicas.min: more than max, which is 6",
  ],
  "bounds that are no numbers of replicas": [
    { cpu: 0.5, ...scaled({ min: 0, max: 2.5 }) },
    `bare.placement.replicas.min: ${notReplicas}`,
    `bare.placement.replicas.max: ${notReplicas}`,
  ],
  "load that is no percentage": [
    { cpu: 0.5, ...scaled({ cpuPercent: 0 }) },
    "bare.placement.replicas.cpuPercent: not a whole percentage",
  ],
  "load without a measure": [{ ...scaled() }, "bare.cpu: missing: load is measured relative to the CPU request"],
  "memory without unit": [{ memory: "64" as Workload["memory"] }, "bare.memory: not a usable amount of memory"],
  "no memory": [{ memory: "0 MiB" }, "bare.memory: not a usable amount of memory"],
  "no share of CPUs": [{ cpu: 0 }, "bare.cpu: not a number of CPUs"],
  "grace without unit": [{ grace: "30" as "30s" }, "bare.grace: not a duration"],
  "drain without unit": [{ drain: "5" as "5s" }, "bare.drain: not a duration"],
  "startup without unit": [
    { health: { port: "http", path: "/", startup: "soon" as "30s" } },
    "bare.health.startup: not a duration",
  ],
  "an order of processes that are all alike": [
    { inTurn: true },
    "bare.inTurn: only workloads with a persistent volume start in order",
  ],
  "waiting for what nobody can ask": [{ awaited: true }, "bare.awaited: not every platform can tell when it is ready"],
  "a port of a long name": [
    { ports: { "otlp-over-http-and-tls": { port: 80 } } },
    "bare.ports.otlp-over-http-and-tls: not a valid Kubernetes port name",
  ],
  "a port without letters": [{ ports: { "80": { port: 80 } } }, "bare.ports.80: not a valid Kubernetes port name"],
  "two ports of one number": [
    { ports: { a: { port: 80 }, b: { port: 80 } } },
    "bare.ports.b: a listens on the same number",
  ],
  "health of a port it has not": [{ health: { port: "admin", path: "/" } }, "bare.health.port: no such port"],
  "a file in a folder of the system": [
    { files: { "/etc/web.yaml": { content: "a" } } },
    "bare.files./etc/web.yaml: a volume cannot be mounted on /etc",
  ],
  "files of one key": [
    { files: { "/etc/web/a/b": { content: "a" }, "/etc/web/a_b": { content: "b" } } },
    "bare.files./etc/web/a_b: has the same key as /etc/web/a/b, once characters other than letters, digits, - and . become _",
  ],
  "a file that is larger than a ConfigMap": [
    { files: { "/etc/web/a": { content: "a".repeat(1_200_000) }, "/etc/web/b": { content: "b" } } },
    "bare.files./etc/web: one file is larger than the 1 MiB limit of a ConfigMap",
  ],
  "a variable that no process could have": [{ env: { "1 A": "a" } }, "bare.env.1 A: not a valid variable name"],
  "a volume with a bad name": [
    { volumes: { "/data": { ...data, name: "My_Data" } } },
    "bare.volumes./data: not a name",
  ],
  "two volumes of one name": [
    { volumes: { "/a": data, "/b": data } },
    "bare.volumes./b: another volume has this name",
    "bare.name: bare already has a PersistentVolumeClaim data-bare-0",
  ],
};

const reserved = "belongs to the cluster: if the stack created it, the stack would also delete it";

/** What a stack of one workload with two replicas is refused for, by its options. */
const options: Readonly<Record<string, readonly [Partial<KubernetesOptions>, ...string[]]>> = {
  "nothing wrong": [
    {
      namespace: "tracing",
      labels: { "example.com/team": "sre", empty: "" },
      annotations: { note: "any text: at all" },
      storageClass: "fast.ssd",
      imagePullSecrets: ["registry"],
      minAvailable: { bare: 1 },
    },
  ],
  "a bad name": [{ name: "Prod" }, "name: not a name"],
  "a bad namespace": [{ namespace: "tracing.prod", agentNamespace: "a" }, "namespace: not a valid namespace name"],
  "agents among all else": [
    { agentNamespace: "prod" },
    "agentNamespace: that of namespace: Pod Security lets what reads files of a node do what nothing else may, and it knows namespaces alone",
  ],
  "what reads nodes among agents": [
    { nodeNamespace: "prod-agents" },
    "nodeNamespace: that of agentNamespace: Pod Security lets what reads files of a node do what nothing else may, and it knows namespaces alone",
  ],
  "namespaces of the cluster": [
    { namespace: "default", agentNamespace: "kube-system" },
    `namespace: ${reserved}`,
    `agentNamespace: ${reserved}`,
  ],
  "namespaces of the cluster that are there already": [{ namespace: "default", createNamespaces: false }],
  "labels that are none": [
    { labels: { "a/b/c": "x", "-a": "x", team: "a team", version: 1 as unknown as string } },
    "labels.a/b/c: not a valid key",
    "labels.-a: not a valid key",
    "labels.team: not a valid label value",
    "labels.version: not a valid label value",
  ],
  "labels of its own": [
    { labels: { "app.kubernetes.io/name": "x", "sightline.dev/stack": "y" } },
    "labels.app.kubernetes.io/name: set by the stack",
    "labels.sightline.dev/stack: set by the stack",
  ],
  "annotations that are none": [
    { annotations: { "no key": "x", on: true as unknown as string } },
    "annotations.no key: not a valid key",
    "annotations.on: not a string",
  ],
  "names that are none": [
    { storageClass: "Fast SSD", priorityClass: "", clusterDomain: "cluster.local.", imagePullSecrets: ["a", "B"] },
    "storageClass: not a DNS name",
    "priorityClass: not a DNS name",
    "clusterDomain: not a DNS name",
    "imagePullSecrets.1: not a DNS name",
  ],
  "a version of secrets that is none": [{ secretsVersion: 1.5 }, "secretsVersion: not a valid version"],
  "places that no node has, or that restrict nothing": [
    {
      scheduling: {
        bare: {
          nodeSelector: { disk: "ssd", "kubernetes.io/os": "windows", zone: 1 },
          tolerations: [
            { key: "dedicated", value: "tracing", effect: "NoSchedule" },
            { value: "x" },
            { operator: "Exists", value: "x" },
            { key: "a", operator: "In", effect: "Never", tolerationSeconds: 30 },
          ],
          affinity: { nodeAffinty: {} },
          nodeSelectors: {},
        },
      } as never,
    },
    "scheduling.bare.nodeSelectors: unknown setting",
    "scheduling.bare.nodeSelector.zone: not a string",
    "scheduling.bare.nodeSelector.kubernetes.io/os: every image of the stack is for Linux",
    "scheduling.bare.tolerations.1.key: missing, but operator is Equal",
    "scheduling.bare.tolerations.2.value: has no effect with operator Exists",
    "scheduling.bare.tolerations.3.operator: unknown operator",
    "scheduling.bare.tolerations.3.effect: unknown effect",
    "scheduling.bare.tolerations.3.tolerationSeconds: only has an effect with effect NoExecute",
    "scheduling.bare.affinity.nodeAffinty: unknown setting",
  ],
  "a budget that blocks all drains": [
    { minAvailable: { bare: 2 } },
    "minAvailable.bare: with 2 running, no pod could be evicted, so their nodes could not be drained",
  ],
  "a budget that is no number of pods": [{ minAvailable: { bare: 0.5 } }, "minAvailable.bare: not a number of pods"],
};

describe("kubernetes refuses", () => {
  for (const [what, [change, ...problems]] of Object.entries(workloads)) {
    it(what, () => assert.deepEqual(refused([{ ...web, ...change }]), problems));
  }
});

describe("kubernetes refuses in its options", () => {
  for (const [what, [change, ...problems]] of Object.entries(options)) {
    it(what, () => assert.deepEqual(refused([{ ...web, placement: { replicas: 2 } }], change), problems));
  }

  it("a budget for single pods, and for agents", () => {
    assert.deepEqual(refused([web], { minAvailable: { bare: 1 } }), [
      "minAvailable.bare: with 1 running, no pod could be evicted, so their nodes could not be drained",
    ]);
    assert.deepEqual(refused([{ ...web, placement: "every-node" }], { minAvailable: { bare: 1 } }), [
      "minAvailable.bare: drains skip workloads that run on every node",
    ]);
  });
});

describe("kubernetes refuses among workloads", () => {
  it("two of one name", () => {
    assert.deepEqual(refused([web, web]), ["bare.name: bare already has a Service bare"]);
  });

  it("one called as a part of another one", () => {
    const replicated: Workload = { ...web, placement: { replicas: 2 } };
    assert.deepEqual(refused([replicated, { ...web, name: "bare-peers" }]), [
      "bare-peers.name: bare already has a Service bare-peers",
    ]);
  });

  it("claims of one name", () => {
    const one: Workload = { ...web, name: "a-b", volumes: { "/data": data } };
    const other: Workload = { ...web, name: "b", volumes: { "/data": { ...data, name: "data-a" } } };
    assert.deepEqual(refused([one, other]), ["b.name: a-b already has a PersistentVolumeClaim data-a-b-0"]);
  });

  it("names that lead nowhere, where it sees more than one", () => {
    const lost = { ...web, name: "lost", connects: [{ workload: "bare", port: "grpc", number: 1 }] };
    const dangling: Partial<KubernetesOptions> = {
      minAvailable: { gateway: 1 },
      expose: { "gateway/otlp": { kind: "cluster" } },
    };
    assert.deepEqual(refused([web, lost], dangling), [
      "lost.connects: bare has no such port",
      "expose.gateway/otlp: no workload has this port",
      "minAvailable.gateway: no such workload",
    ]);
    assert.deepEqual(refused([lost], dangling), []);
  });

  it("a port exposed that is for neighbours alone", () => {
    assert.deepEqual(refused([web], { expose: { "bare/http": { kind: "cluster" } } }), [
      "expose.bare/http.reach: this port cannot be exposed",
    ]);
  });
});
