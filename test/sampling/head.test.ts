import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sentence } from "../../components/core/problems";
import { headSampling } from "../../components/sampling/head";
import { keepEverything, type Strategies } from "../../components/sampling/strategies";

/** Problems of a file that holds this. */
const problems = (file: unknown): string[] => headSampling(JSON.stringify(file)).problems.map(sentence);

const all = { type: "probabilistic", param: 1 };
const few = { type: "ratelimiting", param: 5 };

describe("headSampling", () => {
  it("writes strategies in the format of Jaeger's file", () => {
    const strategies: Strategies = {
      default_strategy: {
        type: "probabilistic",
        param: 0.1,
        operation_strategies: [{ operation: "/health", type: "probabilistic", param: 0 }],
      },
      service_strategies: [{ service: "checkout", type: "probabilistic", param: 0.8 }],
    };
    const { content, problems } = headSampling(strategies);
    assert.deepEqual(JSON.parse(content), strategies);
    assert.deepEqual(problems, []);
  });

  it("leaves the text of a file as it is", () => {
    const text = '{"default_strategy": {"type": "probabilistic",   "param": 1}}';
    assert.deepEqual(headSampling(text), { content: text, problems: [] });
  });

  it("can keep every trace", () => {
    assert.deepEqual(headSampling(keepEverything), {
      content: '{\n  "default_strategy": {\n    "type": "probabilistic",\n    "param": 1\n  }\n}\n',
      problems: [],
    });
  });

  it("refuses a share outside 0 to 1", () => {
    assert.deepEqual(
      [-0.1, 1.1, "1", null].flatMap((param) => problems({ default_strategy: { ...all, param } })),
      [
        "default_strategy.param: not a share of traces, got -0.1; write 0 to 1",
        "default_strategy.param: not a share of traces, got 1.1; write 0 to 1",
        'default_strategy.param: not a share of traces, got "1"; write 0 to 1',
        "default_strategy.param: not a share of traces, got null; write 0 to 1",
      ],
    );
    assert.deepEqual(problems({ default_strategy: { ...all, param: 0 } }), []);
  });

  it("refuses a rate that Jaeger would round to another one", () => {
    assert.deepEqual(
      [0, 0.5, 2 ** 31].flatMap((param) => problems({ default_strategy: { ...few, param } })),
      [
        "default_strategy.param: not a number of traces a second, got 0; write a whole number above zero",
        "default_strategy.param: not a number of traces a second, got 0.5; write a whole number above zero",
        "default_strategy.param: not a number of traces a second, got 2147483648; write a whole number above zero",
      ],
    );
    assert.deepEqual(problems({ default_strategy: few }), []);
  });

  it("refuses a strategy Jaeger would not understand", () => {
    assert.deepEqual(problems({ default_strategy: { type: "probability", param: 1 } }), [
      'default_strategy.type: no such strategy, got "probability"; write probabilistic or ratelimiting',
    ]);
  });

  it("asks for a default strategy, since Jaeger's own keeps one trace in a thousand", () => {
    assert.deepEqual(problems({}), ["default_strategy.type: missing; write probabilistic or ratelimiting"]);
    assert.deepEqual(problems([]), ["content: not an object, got []; write { default_strategy: … }"]);
  });

  it("refuses keys Jaeger would pass over", () => {
    assert.deepEqual(
      problems({
        default_strategy: { ...all, rate: 1 },
        services: [],
        service_strategies: [{ ...all, service: "a", op: 1 }],
      }),
      [
        "services: unknown to Jaeger; use default_strategy, service_strategies",
        "default_strategy.rate: unknown to Jaeger; use type, param, operation_strategies",
        "service_strategies[0].op: unknown to Jaeger; use type, param, operation_strategies, service",
      ],
    );
  });

  it("refuses two entries for one service or operation", () => {
    const operation = { operation: "GET /", ...all };
    assert.deepEqual(
      problems({
        default_strategy: { ...all, operation_strategies: [operation, operation] },
        service_strategies: [
          { service: "a", ...all },
          { service: "b", ...all },
          { service: "a", ...all },
        ],
      }),
      [
        'default_strategy.operation_strategies[1].operation: two entries for one operation, got "GET /"; keep one of them',
        'service_strategies[2].service: two entries for one service, got "a"; keep one of them',
      ],
    );
  });

  it("refuses entries without a name, and lists that are none", () => {
    assert.deepEqual(problems({ default_strategy: all, service_strategies: [{ ...all }, { ...all, service: "" }] }), [
      "service_strategies[0].service: has no name; name the service",
      'service_strategies[1].service: has no name, got ""; name the service',
    ]);
    assert.deepEqual(problems({ default_strategy: all, service_strategies: {} }), [
      "service_strategies: not a list, got {}; write [ … ]",
    ]);
  });

  it("refuses a rate limit for an operation, which Jaeger leaves out", () => {
    assert.deepEqual(problems({ default_strategy: { ...all, operation_strategies: [{ operation: "a", ...few }] } }), [
      'default_strategy.operation_strategies[0].type: Jaeger ignores operations that are not probabilistic, got "ratelimiting"; write probabilistic',
    ]);
  });

  it("refuses a rate limit that operations would put out of force", () => {
    const operation_strategies = [{ operation: "a", ...all }];
    assert.deepEqual(problems({ default_strategy: { ...few, operation_strategies } }), [
      "default_strategy.operation_strategies: with operations, SDKs ignore the rate limit; make the strategy probabilistic, or remove the operations",
    ]);
    assert.deepEqual(
      problems({ default_strategy: { ...all, operation_strategies }, service_strategies: [{ service: "a", ...few }] }),
      [
        'service_strategies[0].type: with operations in default_strategy, SDKs ignore the rate limit, got "ratelimiting"; make the strategy probabilistic, or remove the operations',
      ],
    );
  });

  it("refuses text that is not JSON, and no text at all", () => {
    assert.deepEqual(
      headSampling("{,").problems.map(({ path, reason }) => [path, reason]),
      [["content", "not JSON"]],
    );
    assert.deepEqual(
      headSampling("").problems.map(({ path, reason }) => [path, reason]),
      [["content", "the strategies file does not exist or is empty"]],
    );
  });
});

describe("configs/sampling", () => {
  const folder = join(__dirname, "../../configs/sampling");

  for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
    it(`has nothing wrong in ${file}`, () => {
      assert.deepEqual(headSampling(readFileSync(join(folder, file), "utf8")).problems, []);
    });
  }

  it("keeps everything in dev", () => {
    assert.deepEqual(JSON.parse(readFileSync(join(folder, "dev.json"), "utf8")), keepEverything);
  });
});
