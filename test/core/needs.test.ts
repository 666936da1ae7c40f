import assert from "node:assert/strict";
import { merge } from "../../components/core/needs";

describe("needs", () => {
  it("add up", () => {
    const { needs, problems } = merge({ ports: { otlp: { port: 4317 } }, env: { A: "1" } }, undefined, {
      ports: { zipkin: { port: 9411 } },
      connects: [{ workload: "jaeger", port: "otlp-grpc", number: 4317 }],
    });
    assert.deepEqual(needs, {
      env: { A: "1" },
      files: {},
      volumes: {},
      ports: { otlp: { port: 4317 }, zipkin: { port: 9411 } },
      connects: [{ workload: "jaeger", port: "otlp-grpc", number: 4317 }],
      externals: [],
      access: [],
      first: [],
    });
    assert.deepEqual(problems, []);
  });

  it("may agree: the same thing asked twice is one thing", () => {
    const part = {
      volumes: { "/data": { kind: "persistent", name: "queue", size: "2 GiB" } },
      connects: [{ workload: "jaeger", port: "otlp-grpc", number: 4317 }],
    } as const;
    const { needs, problems } = merge(part, structuredClone(part));
    assert.deepEqual(needs.volumes, part.volumes);
    assert.deepEqual(needs.connects, part.connects);
    assert.deepEqual(problems, []);
  });

  it("never overwrite each other", () => {
    const { problems } = merge({ ports: { otlp: { port: 4317 } } }, { ports: { otlp: { port: 14317 } } });
    assert.deepEqual(problems, [
      { path: "ports.otlp", reason: "two components require different values", remedy: "give both the same value" },
    ]);
  });
});
