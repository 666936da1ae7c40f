import assert from "node:assert/strict";
import { capacityChanges, quantity } from "../../../cli/preview/capacity";
import { lossesOf } from "../../../cli/preview/losses";
import { restarts } from "../../../cli/preview/restarts";
import type { Step } from "../../../cli/preview/steps";
import { summarize } from "../../../cli/preview/summary";
import { keptLess } from "../../../cli/preview/tail-sampling";
import { attributePolicy, type WantedValue } from "../../../components/sampling/attribute-policy";
import { recorded } from "./recorded";

const step = (type: string, name: string, rest: Partial<Step>): Step => ({
  operation: "update",
  type: `kubernetes:${type}`,
  name,
  component: name,
  fields: [],
  ...rest,
});
const pods = (replicas: number, memory: string) => ({
  spec: {
    replicas,
    template: { spec: { containers: [{ resources: { requests: { memory, cpu: "500m" } } }] } },
  },
});
const claim = (storage: string) => ({ spec: { resources: { requests: { storage } } } });
const config = (...policies: object[]) => ({
  data: { "config.yaml": `processors:\n  tail_sampling:\n    policies: ${JSON.stringify(policies)}\n` },
});

describe("a recorded preview on Kubernetes", () => {
  const { steps } = recorded("kubernetes-edited");
  const { losses, restarts, capacity } = summarize({ steps, config: {}, errors: [], warnings: [] }, { stack: "prod" });

  it("finds what fewer samplers and weaker policies lose", () => {
    assert.deepEqual(
      losses.map(({ what, change }) => `${what}: ${change}`),
      [
        "StatefulSet sampler: from 2 replicas to 1",
        "PersistentVolumeClaim sampler-queue-1: deleted",
        "tail sampling policy slow, latency.threshold_ms: from 500 to 2000",
        "tail sampling policy share, probabilistic.sampling_percentage: from 20 to 5",
      ],
    );
  });

  it("stops what is alone and has a name, and rolls the rest; the agent goes on", () => {
    assert.deepEqual(Object.fromEntries(restarts.map(({ workload, how }) => [workload, how])), {
      gateway: "one process after the other",
      jaeger: "stops, then starts again",
      loki: "stops, then starts again",
      prometheus: "stops, then starts again",
      sampler: "stops, then starts again",
    });
  });

  it("counts what the sampler gives back", () => {
    const gib = 1024 ** 3;
    assert.deepEqual(
      capacity.find(({ workload }) => workload === "sampler"),
      {
        workload: "sampler",
        everyNode: false,
        before: { memory: gib, cpu: 0.3, disk: 2 * gib, replicas: 2 },
        after: { memory: gib / 2, cpu: 0.15, disk: gib, replicas: 1 },
      },
    );
  });
});

describe("a preview on Kubernetes", () => {
  it("restarts pods where their template changes, and none where only their number does", () => {
    const changed = ["spec.template.spec"];
    assert.deepEqual(
      restarts([
        step("apps/v1:Deployment", "gateway", { fields: changed }),
        step("apps/v1:StatefulSet", "sampler", { fields: ["spec.replicas"] }),
        step("apps/v1:StatefulSet", "jaeger", { fields: changed, after: pods(1, "1Gi") }),
        step("apps/v1:StatefulSet", "cassandra", { fields: changed, after: pods(3, "1Gi") }),
        step("apps/v1:DaemonSet", "agent", { operation: "replace", fields: ["spec.selector"] }),
        step("core/v1:Service", "loki", { fields: changed }),
      ]),
      [
        { workload: "gateway", how: "one process after the other", because: changed },
        { workload: "jaeger", how: "stops, then starts again", because: changed },
        { workload: "cassandra", how: "one process after the other", because: changed },
        { workload: "agent", how: "stops, then starts again", because: ["spec.selector"] },
      ],
    );
  });

  it("loses what claims, stateful processes and namespaces take with them", () => {
    assert.deepEqual(
      lossesOf([
        step("core/v1:PersistentVolumeClaim", "queue-2", { operation: "delete", component: "sampler" }),
        step("core/v1:PersistentVolumeClaim", "data-0", { before: claim("10Gi"), after: claim("5Gi") }),
        step("core/v1:PersistentVolumeClaim", "data-1", { before: claim("10Gi"), after: claim("0.02Ti") }),
        step("apps/v1:StatefulSet", "sampler", { before: pods(3, "1Gi"), after: pods(2, "1Gi") }),
        step("apps/v1:Deployment", "gateway", { before: pods(3, "1Gi"), after: pods(2, "1Gi") }),
        step("core/v1:Namespace", "tracing", { operation: "replace" }),
      ]).map(({ what, change }) => `${what}: ${change}`),
      [
        "PersistentVolumeClaim queue-2: deleted",
        "PersistentVolumeClaim data-0: from 10Gi to 5Gi",
        "StatefulSet sampler: from 3 replicas to 2",
        "Namespace tracing: replaced by an empty one",
      ],
    );
  });

  it("counts every replica, and claims by workload", () => {
    const gib = 1024 ** 3;
    assert.deepEqual(
      capacityChanges([
        step("apps/v1:StatefulSet", "sampler", { before: pods(2, "1Gi"), after: pods(3, "1Gi") }),
        step("core/v1:PersistentVolumeClaim", "sampler-queue-2", {
          operation: "create",
          component: "sampler",
          after: claim("20Gi"),
        }),
        step("apps/v1:DaemonSet", "agent", { before: pods(1, "512Mi"), after: pods(1, "512Mi") }),
      ]),
      [
        {
          workload: "sampler",
          everyNode: false,
          before: { memory: 2 * gib, cpu: 1, disk: 0, replicas: 2 },
          after: { memory: 3 * gib, cpu: 1.5, disk: 20 * gib, replicas: 3 },
        },
        {
          workload: "agent",
          everyNode: true,
          before: { memory: gib / 2, cpu: 0.5, disk: 0, replicas: 1 },
          after: { memory: gib / 2, cpu: 0.5, disk: 0, replicas: 1 },
        },
      ],
    );
  });

  it("reads quantities in every unit", () => {
    const read = ["250m", "2", "1k", "1Ki", "1.5Gi", "1Ti", undefined, "much"].map(quantity);
    assert.deepEqual(read, [0.25, 2, 1000, 1024, 1.5 * 1024 ** 3, 1024 ** 4, 0, 0]);
  });
});

describe("tail sampling in a preview", () => {
  const errors = { name: "errors", type: "status_code", status_code: { status_codes: ["ERROR"] } };
  const share = (sampling_percentage: number) => ({
    name: "share",
    type: "probabilistic",
    probabilistic: { sampling_percentage },
  });
  const slow = (threshold_ms: number) => ({ name: "slow", type: "latency", latency: { threshold_ms } });
  const drop = { name: "health", type: "drop", drop: { drop_sub_policy: [errors] } };
  const between = (before: object[], after: object[]) =>
    keptLess([
      step("core/v1:ConfigMap", "sampler", {
        operation: "replace",
        before: config(...before),
        after: config(...after),
      }),
    ]).map(({ what, change }) => `${what}: ${change}`);

  it("names shares, thresholds and policies that keep less, and what is newly dropped", () => {
    assert.deepEqual(between([errors, share(10), slow(500)], [share(5), slow(2000), drop]), [
      "tail sampling policy errors: removed",
      "tail sampling policy share, probabilistic.sampling_percentage: from 10 to 5",
      "tail sampling policy slow, latency.threshold_ms: from 500 to 2000",
      "tail sampling policy health: added",
    ]);
  });

  it("names values of attributes by which nothing is kept any more, whatever policy has them", () => {
    const of = (...wanted: readonly WantedValue[]) => attributePolicy("tenant", wanted);
    assert.deepEqual(between([of("gold", "silver")], [of("gold")]), [
      'tail sampling policy tenant, span.attributes["tenant"] == "silver": removed',
    ]);
    assert.deepEqual(between([of("gold", "silver", 500, { min: 600 })], [of("gold", { min: 700 })]), [
      'tail sampling policy tenant, span.attributes["tenant"] == "silver": removed',
      'tail sampling policy tenant, span.attributes["tenant"] == 500: removed',
      'tail sampling policy tenant, span.attributes["tenant"] >= 600: removed',
    ]);
    assert.deepEqual(between([of("gold")], [of("gold", 500)]), []);
    assert.deepEqual(between([of("gold", 500)], [of("gold", 500, true)]), []);
  });

  it("is content with policies that keep more", () => {
    assert.deepEqual(between([share(5), slow(2000), drop], [errors, share(10), slow(500)]), []);
  });

  it("says that it is switched on, and nothing of a stack that is new", () => {
    const plain = { data: { "config.yaml": "processors: {}\n" } };
    const on = step("core/v1:ConfigMap", "collector", { operation: "replace", before: plain, after: config(errors) });
    assert.deepEqual(keptLess([on]), [
      { what: "tail sampling", change: "switched on", loses: "traces that no policy keeps" },
    ]);
    assert.deepEqual(
      keptLess([step("core/v1:ConfigMap", "sampler", { operation: "create", after: config(errors) })]),
      [],
    );
  });
});
