import assert from "node:assert/strict";
import { freeVolumesFrom, unclaimable } from "../../../cli/fit/volumes";
import { sentence } from "../../../components/core/problems";

const volume = (name: string, storage: string, phase = "Available", storageClassName = "local") => ({
  metadata: { name },
  spec: { storageClassName, capacity: { storage } },
  status: { phase },
});
const free = freeVolumesFrom(
  JSON.stringify({
    items: [
      volume("a", "20Gi"),
      volume("b", "100Gi"),
      volume("c", "500Gi", "Bound"),
      volume("d", "500Gi", "Available", "slow"),
    ],
  }),
);
const claim = (workload: string, storage: string) => ({
  workload,
  namespace: "tracing",
  name: `data-${workload}-0`,
  storage,
});
const said = (...claims: Parameters<typeof unclaimable>[0]) => unclaimable(claims, "local", free).map(sentence);

describe("claims in a class that makes no volumes", () => {
  it("are fine where each finds one that is large enough", () => {
    assert.deepEqual(said(claim("prometheus", "20Gi"), claim("jaeger", "100Gi")), []);
  });

  it("are refused where the next largest is too small, or none is left", () => {
    assert.deepEqual(said(claim("jaeger", "200Gi"), claim("prometheus", "50Gi"), claim("kafka", "1Gi")), [
      'claim tracing/data-jaeger-0: class local provisions no volumes, and of the free ones the next largest has 100Gi, got "200Gi"; lower storage.size, or add a volume',
      'claim tracing/data-prometheus-0: class local provisions no volumes, and of the free ones the next largest has 20Gi, got "50Gi"; lower metricsSize, or add a volume',
      'claim tracing/data-kafka-0: class local provisions no volumes, and of the free ones it has 2, got "1Gi"; lower buffer.managed.size, or add a volume',
    ]);
  });
});
