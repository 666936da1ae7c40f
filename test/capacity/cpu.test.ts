import assert from "node:assert/strict";
import { cpuSecondsPerSpan, measured, spansPerRequestOf, type Pipeline } from "../../components/capacity/cpu";
import { read, tables } from "../support/markdown";

describe("the cost of a span", () => {
  it("is what was measured, for requests of both sizes", () => {
    for (const [pipeline, { small, large }] of Object.entries(measured)) {
      assert.equal(Math.round(1 / cpuSecondsPerSpan(pipeline as Pipeline, 5)), small);
      assert.equal(Math.round(1 / cpuSecondsPerSpan(pipeline as Pipeline, 512)), large);
    }
  });

  it("is that of docs/benchmarks.md", () => {
    const { rows } = tables(read("docs", "benchmarks.md")).find(({ headers }) => headers[0] === "pipeline")!;
    const figure = (name: string, spans: string) =>
      Number(rows.find((row) => row[0] === name && row[1] === spans)![3]!.replaceAll(",", ""));
    const names = { memory: "memory", disk: "disk", everything: "dev stack, whole" } as const;
    for (const [pipeline, name] of Object.entries(names)) {
      const { small, large } = measured[pipeline as Pipeline];
      assert.deepEqual([figure(name, "5"), figure(name, "512")], [small, large]);
    }
  });

  it("grows with bytes in its own part alone", () => {
    const once = cpuSecondsPerSpan("disk", 512, 292);
    const shared = cpuSecondsPerSpan("disk", 512, 0);
    assert.ok(Math.abs(cpuSecondsPerSpan("disk", 512, 584) - (2 * once - shared)) < 1e-12);
  });
});

describe("spans of a request", () => {
  it("gather for 5 s in an SDK and for 0.2 s in a Collector, within limits", () => {
    assert.deepEqual(
      [0.1, 20, 1_000].map((rate) => spansPerRequestOf("sdk", rate)),
      [5, 100, 512],
    );
    assert.deepEqual(
      [0.1, 1_000, 1e6].map((rate) => spansPerRequestOf("collector", rate)),
      [5, 200, 8_192],
    );
  });
});
