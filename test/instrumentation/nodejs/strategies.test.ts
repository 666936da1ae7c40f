import assert from "node:assert/strict";
import { strategy, type Root, type StrategyResponse } from "../../../instrumentation/nodejs/src/strategies";

/** Keeps all from a rate of one half on, so that each decision is known. */
const share = (rate: number) => () => rate >= 0.5;
const decide = (response: StrategyResponse, root: Partial<Root>, clock = () => 0) =>
  strategy(response, share, clock)("trace", { name: "GET", ...root });

describe("Jaeger's strategies in the Node.js kit", () => {
  it("keep a share", () => {
    assert.equal(decide({ probabilisticSampling: { samplingRate: 0.7 } }, {}), true);
    assert.equal(decide({ probabilisticSampling: { samplingRate: 0.2 } }, {}), false);
    assert.equal(decide({}, {}), true);
  });

  it("keep so many a second, and never more than a second's worth at once", () => {
    let now = 0;
    const keeps = strategy({ strategyType: 1, rateLimitingSampling: { maxTracesPerSecond: 2 } }, share, () => now);
    const atOnce = (count: number) => Array.from({ length: count }, () => keeps("trace", { name: "GET" }));
    assert.deepEqual(atOnce(3), [true, true, false]);
    now = 500;
    assert.deepEqual(atOnce(2), [true, false]);
    now = 60_000;
    assert.deepEqual(atOnce(3), [true, true, false]);
  });

  it("tell operations apart by span name, and by method and path", () => {
    const perOperation = (operation: string, samplingRate: number) => ({
      operation,
      probabilisticSampling: { samplingRate },
    });
    const response = {
      operationSampling: {
        defaultSamplingProbability: 0,
        perOperationStrategies: [
          perOperation("GET /health.json", 1),
          perOperation("GET /orders/:id", 1),
          perOperation("POST /carts/{cart}/items", 1),
          perOperation("GET /files/*", 1),
          perOperation("nightly", 1),
        ],
      },
    };
    const kept = (method: string, path: string) => decide(response, { name: method, method, path });
    assert.deepEqual(
      [
        kept("GET", "/orders/17"),
        kept("POST", "/carts/9/items"),
        kept("GET", "/files/a/b"),
        decide(response, { name: "nightly" }),
      ],
      [true, true, true, true],
    );
    assert.deepEqual(
      [
        kept("DELETE", "/orders/17"),
        kept("GET", "/orders/17/lines"),
        kept("GET", "/healthXjson"),
        decide(response, { name: "daily" }),
      ],
      [false, false, false, false],
    );
  });
});
