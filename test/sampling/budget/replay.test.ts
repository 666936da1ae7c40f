import assert from "node:assert/strict";
import { compile, readTraces, replay } from "../../../components/sampling/budget";
import { shop } from "./profiles";

/** One trace of a shop in OTLP JSON. */
const trace = (n: number, { route = "/", milliseconds = 10, failed = false, tenant = "free", second = n } = {}) => {
  const end = BigInt(second) * 1_000_000_000n;
  const ids = {
    traceId: n.toString(16).padStart(32, "0"),
    startTimeUnixNano: String(end - BigInt(milliseconds * 1e6)),
  };
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  return {
    resourceSpans: [
      {
        resource: { attributes: [text("service.name", "shop"), text("tenant", tenant)] },
        scopeSpans: [
          {
            spans: [
              {
                ...ids,
                spanId: "a",
                name: "GET",
                endTimeUnixNano: String(end),
                attributes: [text("http.route", route)],
              },
              {
                ...ids,
                spanId: "b",
                parentSpanId: "a",
                name: "SELECT",
                endTimeUnixNano: String(end),
                status: failed ? { code: 2 } : {},
              },
            ],
          },
        ],
      },
    ],
  };
};
const file = (...traces: readonly object[]): string => traces.map((each) => JSON.stringify(each)).join("\n");

describe("a replay of recorded traces", () => {
  const plan = compile({ budget: "200 spans/s", always: { attributes: { tenant: ["gold"] } } }, shop, { samplers: 1 });
  const bucketsOf = (...traces: readonly object[]) =>
    replay(plan, readTraces(file(...traces))).map(({ bucket, matched }) => [bucket, matched.length]);

  it("says which bucket keeps a trace, and how many it matches", () => {
    assert.deepEqual(
      bucketsOf(
        trace(1),
        trace(2, { milliseconds: 460 }),
        trace(3, { failed: true }),
        trace(4, { route: "/new" }),
        trace(5, { tenant: "gold" }),
      ),
      [
        ["class-0", 1],
        // 460 ms are nine medians of 50 ms: at least 1.5 to the power of five.
        ["slow-5", 7],
        ["errors", 9],
        ["unknown", 1],
        ["always tenant", 2],
      ],
    );
  });

  it("keeps as many as a bucket holds, goes on to the next, and fills by its rate", () => {
    const { burst, rate } = plan.buckets.find(({ name }) => name === "class-0")!;
    const fits = Math.floor(burst / 2);
    const full = Array.from({ length: fits + 5 }, (_, i) => trace(i + 1, { second: 100 }));
    const later = Array.from({ length: rate }, (_, i) => trace(10_000 + i, { second: 101 }));
    const kept = bucketsOf(...full, ...later).map(([bucket]) => bucket);
    assert.deepEqual(
      [kept.filter((bucket) => bucket === "class-0").length, kept.includes("unknown")],
      [Math.floor((burst + rate) / 2), false],
    );
  });

  it("reads Jaeger's own JSON alike", () => {
    const jaeger = {
      data: [
        {
          processes: { p1: { serviceName: "shop", tags: [{ key: "tenant", value: "free" }] } },
          spans: [
            {
              traceID: "abc",
              spanID: "1",
              processID: "p1",
              operationName: "GET",
              startTime: 1_000_000,
              duration: 460_000,
              references: [],
              tags: [{ key: "http.route", value: "/" }],
            },
            {
              traceID: "abc",
              spanID: "2",
              processID: "p1",
              operationName: "SELECT",
              startTime: 1_100_000,
              duration: 1_000,
              references: [{ refType: "CHILD_OF", traceID: "abc", spanID: "1" }],
              tags: [],
            },
          ],
        },
      ],
    };
    assert.deepEqual(bucketsOf(jaeger), [["slow-5", 7]]);
    assert.deepEqual(readTraces("no JSON"), []);
  });

  it("divides traces among samplers, each with buckets of its own", () => {
    const many = Array.from({ length: 4_000 }, (_, i) => trace(i + 1, { second: 100 }));
    const keptBy = (samplers: number): number => {
      const divided = compile({ budget: "200 spans/s" }, shop, { samplers });
      return replay(divided, readTraces(file(...many)), samplers).filter(({ bucket }) => bucket !== undefined).length;
    };
    const [alone, shared] = [keptBy(1), keptBy(2)];
    assert.ok(shared <= alone * 1.1 && shared > alone * 0.9, `${alone} and ${shared}`);
  });
});
