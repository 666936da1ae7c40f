import assert from "node:assert/strict";
import { isVersion } from "../../components/core/version";
import { jaegerDistribution, tooOld } from "../../components/jaeger/distribution";

const collectorIn = (jaeger: string): string => {
  assert.ok(isVersion(jaeger));
  return jaegerDistribution(jaeger).collector;
};

describe("jaegerDistribution", () => {
  it("knows the Collector inside each Jaeger", () => {
    assert.deepEqual(["2.13.0", "2.18.0", "2.20.0"].map(collectorIn), ["0.140.0", "0.152.0", "0.155.0"]);
  });

  it("takes the row before for a version without one of its own", () => {
    assert.deepEqual(["2.14.1", "2.21.0", "3.0.0"].map(collectorIn), ["0.142.0", "0.155.0", "0.155.0"]);
  });

  it("has no way to keep a queue on disk, and no k8s_attributes", () => {
    const { parts } = jaegerDistribution("2.20.0");
    assert.equal(parts?.extensions.includes("file_storage"), false);
    assert.equal(parts?.processors.includes("k8s_attributes"), false);
    assert.equal(parts?.exporters.includes("jaeger_storage_exporter"), true);
  });
});

describe("tooOld", () => {
  it("refuses what is older than the floor, and names the floor", () => {
    assert.deepEqual(tooOld("2.12.0"), [
      { path: "version", value: "2.12.0", reason: "older than Jaeger 2.13.0", remedy: "use 2.13.0 or newer" },
    ]);
    assert.deepEqual(tooOld("2.13.0"), []);
  });
});
