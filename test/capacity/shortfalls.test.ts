import assert from "node:assert/strict";
import { capacityPlan } from "../../components/capacity/plan";
import { shortfalls, type Planned } from "../../components/capacity/shortfalls";

// The smallest volume of docs/capacity.md, where each figure stands.
const plan = capacityPlan({ requestsPerDay: 1_000_000, endpoints: 600 });
const enough: Planned = {
  queueSize: "6 GiB",
  storage: { kind: "badger", size: "192 GiB", retention: "7d" },
  gateway: { replicas: 2 },
  sampler: { replicas: 2, tracesPerSecond: 35 },
  memory: { agent: "448 MiB", gateway: "448 MiB", sampler: "512 MiB", jaeger: "448 MiB", prometheus: "3 GiB" },
  cpu: { agent: 0.1, gateway: 0.1, sampler: 0.1 },
  metricsSize: "16 GiB",
  logsSize: "3 GiB",
};

describe("shortfalls", () => {
  it("are none where settings are as planned", () => {
    assert.deepEqual(shortfalls(enough, plan), []);
  });

  it("name each setting below the plan, and what it asks for", () => {
    const reason = "less than the traffic plan needs";
    assert.deepEqual(
      shortfalls(
        {
          queueSize: "2 GiB",
          storage: { kind: "badger", size: "20 GiB", retention: "72h" },
          sampler: { replicas: { max: 1 }, tracesPerSecond: 30 },
          memory: { sampler: "256 MiB" },
          cpu: { sampler: 0.05 },
          logsSize: "1 GiB",
        },
        plan,
      ),
      [
        { path: "queueSize", value: "2 GiB", reason, remedy: 'write "6 GiB"', needs: "6 GiB" },
        { path: "memory.sampler", value: "256 MiB", reason, remedy: 'write "512 MiB"', needs: "512 MiB" },
        { path: "cpu.sampler", value: 0.05, reason, remedy: "write 0.1", needs: 0.1 },
        { path: "sampler.replicas", value: { max: 1 }, reason, remedy: "write 2", needs: 2 },
        { path: "sampler.tracesPerSecond", value: 30, reason, remedy: "write 35", needs: 35 },
        { path: "logsSize", value: "1 GiB", reason, remedy: 'write "3 GiB"', needs: "3 GiB" },
        {
          path: "storage.size",
          value: "20 GiB",
          reason: "192 GiB are written in 7d and kept",
          remedy: 'write "192 GiB", store less, or shorten the retention',
          needs: "192 GiB",
        },
        {
          path: "storage.retention",
          value: "72h",
          reason: "the plan keeps traces for 7d",
          remedy: 'write "7d"',
        },
      ],
    );
  });

  it("are of the nodes that a stack runs, however many they are", () => {
    const reason = "less than the traffic plan needs";
    const { diskEach, memoryEach } = plan.backends.find(({ kind }) => kind === "opensearch")!;
    // Three nodes of 54.7 GiB and 4 GiB, two copies.
    assert.deepEqual([Math.round(diskEach / 1024 ** 2), memoryEach], [56_009, 4 * 1024 ** 3]);
    const short = (managed: object) => shortfalls({ ...enough, storage: { kind: "opensearch", managed } }, plan);
    assert.deepEqual(short({ nodes: 3, size: "55 GiB" }), []);
    assert.deepEqual(short({ nodes: 6, size: "28 GiB" }), []);
    assert.deepEqual(short({ nodes: 3, size: "54 GiB", memory: "3 GiB" }), [
      { path: "storage.managed.size", value: "54 GiB", reason, remedy: 'write "55 GiB"', needs: "55 GiB" },
      { path: "storage.managed.memory", value: "3 GiB", reason, remedy: 'write "4 GiB"', needs: "4 GiB" },
    ]);
    // One node keeps one copy: half of 3 × 54.7 GiB, which is 82.04.
    assert.deepEqual(short({ nodes: 1, size: "80 GiB", memory: "8 GiB" }), [
      { path: "storage.managed.size", value: "80 GiB", reason, remedy: 'write "83 GiB"', needs: "83 GiB" },
    ]);
    const cassandra = { kind: "cassandra", managed: { nodes: 4, size: "200 GiB", cpu: 1 } };
    assert.deepEqual(shortfalls({ ...enough, storage: cassandra }, plan), [
      { path: "storage.managed.cpu", value: 1, reason, remedy: "write 1.5", needs: 1.5 },
    ]);
    assert.deepEqual(short({ nodes: 0, size: "1 GiB" }), []);
  });

  it("name a backend that suits", () => {
    const [found] = shortfalls({ storage: { kind: "memory" } }, plan);
    assert.deepEqual(found, {
      path: "storage.kind",
      value: "memory",
      reason: "keeps nothing over a restart: for tests",
      remedy: "choose badger or cassandra or elasticsearch or opensearch",
    });
  });

  it("leave out roles that do not run", () => {
    assert.deepEqual(
      shortfalls({ ...enough, roles: ["agent"], queueSize: "2 GiB", sampler: { replicas: 1 } }, plan),
      [],
    );
  });
});
