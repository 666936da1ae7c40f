import assert from "node:assert/strict";
import { budgets } from "../../components/collector/budgets";
import { guardConfig, memoryFor } from "../../components/guard/config";
import { guard } from "../../components/guard/workload";
import { inBytes, type Size } from "../../components/core/units";

const collector = (memory: Size, takes = 8) => ({
  grpc: { host: "collector", port: 4317, of: { workload: "collector", port: "otlp-grpc" } },
  http: { host: "collector", port: 4318, of: { workload: "collector", port: "otlp-http" } },
  memory,
  takes,
  services: budgets(memory).services,
});

describe("a guard", () => {
  it("has limits that follow from the memory of the Collector behind it", () => {
    assert.deepEqual(guardConfig(collector("512 MiB")), {
      listen: { grpc: ":4317", http: ":4318", metrics: ":8890" },
      to: { grpc: "collector:4317", http: "collector:4318" },
      request: { bytes: 8_388_608, depth: 32, resources: 10_000, attributes: 10_000, keyBytes: 1_024 },
      decodedBytes: 134_217_728,
      readBytes: 67_108_864,
      connections: 1_024,
      services: 1_354,
      forgottenAfterSec: 240,
      waitMs: 2_000,
      patienceSec: 60,
    });
    assert.deepEqual([memoryFor(8), memoryFor(16)], ["128 MiB", "256 MiB"]);
  });

  it("leaves one sender room for the largest request: three times to decompress it, eight times to decode it", () => {
    for (const [memory, takes] of [
      ["512 MiB", 8],
      ["1 GiB", 8],
      ["4 GiB", 16],
    ] as const) {
      const { readBytes, decodedBytes, request } = guardConfig(collector(memory, takes)) as Record<string, number> & {
        request: { bytes: number };
      };
      assert.ok(readBytes! / 2 >= 3 * request.bytes);
      assert.ok(decodedBytes! / 2 >= 8 * request.bytes);
      assert.ok(readBytes! <= inBytes(memoryFor(takes)) / 2);
    }
  });

  it("is reached from outside, and alone reaches the Collector", () => {
    const { ports, connects, env, health, problems } = guard("guard", {
      collector: collector("512 MiB"),
      outside: { grpc: 14317, http: 14318 },
      asks: true,
    });
    assert.deepEqual(ports, {
      "otlp-grpc": { port: 4317, reach: "outside", outside: 14317, asks: true },
      "otlp-http": { port: 4318, reach: "outside", outside: 14318, asks: true },
      metrics: { port: 8890 },
    });
    assert.deepEqual(connects, [
      { workload: "collector", port: "otlp-grpc", number: 4317 },
      { workload: "collector", port: "otlp-http", number: 4318 },
    ]);
    assert.deepEqual([env, health, problems], [{ GOMEMLIMIT: "102MiB" }, { port: "metrics", path: "/" }, []]);
  });

  it("says what is wrong with its memory", () => {
    const { problems = [] } = guard("guard", { collector: collector("512 MiB"), memory: "much" as Size });
    assert.deepEqual(
      problems.map(({ path }) => path),
      ["memory"],
    );
  });
});
