import assert from "node:assert/strict";
import { compare } from "./jaeger-count";
import { load } from "./load";
import { otlpSink, type ReceivedSpan, type Reply, type Sink } from "./otlp-sink";

let sink: Sink;

const start = async (reply?: (n: number) => Reply): Promise<string> => {
  sink = await otlpSink(reply);
  return sink.url;
};
const idsOf = (spans: readonly ReceivedSpan[]) => new Set(spans.map(({ traceId, spanId }) => `${traceId} ${spanId}`));
const idsIn = (acknowledged: ReadonlyMap<string, readonly string[]>) =>
  new Set([...acknowledged].flatMap(([traceId, spanIds]) => spanIds.map((spanId) => `${traceId} ${spanId}`)));

describe("load", () => {
  afterEach(() => sink.close());

  it("sends traces whose spans hang together, as three services would", async () => {
    await load({ url: await start(), seconds: 1, spansPerSecond: 5 });
    const [shop, call, orders, pay, payments] = sink.spans;
    assert.deepEqual(
      sink.spans.map(({ service, name, parentSpanId }) => [service, name, parentSpanId]),
      [
        ["load-shop", "POST /checkout", ""],
        ["load-shop", "POST", shop?.spanId],
        ["load-orders", "POST /orders", call?.spanId],
        ["load-orders", "POST", orders?.spanId],
        ["load-payments", "POST /payments", pay?.spanId],
      ],
    );
    assert.equal(new Set(sink.spans.map(({ traceId }) => traceId)).size, 1);
    assert.equal(new Set([shop, call, orders, pay, payments].map((span) => span?.spanId)).size, 5);
  });

  it("sends exactly the spans it is asked for, none of them twice, and knows their ids", async () => {
    const result = await load({ url: await start(), seconds: 0.1, spansPerSecond: 2_400, spansPerRequest: 12 });
    assert.equal(result.acknowledgedSpans, 240);
    assert.equal(sink.spans.length, 240);
    assert.equal(idsOf(sink.spans).size, 240);
    assert.deepEqual(idsIn(result.acknowledged), idsOf(sink.spans));
  });

  it("sends the same spans again when it is told to wait", async () => {
    const url = await start((n) => ({ status: n % 2 === 0 ? 503 : 200 }));
    const result = await load({ url, seconds: 0.1, spansPerSecond: 100, connections: 1 });
    assert.deepEqual([result.acknowledgedSpans, result.retries, sink.authorizations.length], [10, 2, 4]);
    assert.deepEqual(idsIn(result.acknowledged), idsOf(sink.spans));
  });

  it("sends again when the receiver is away, until it is back", async () => {
    const url = await start();
    const port = Number(new URL(url).port);
    await sink.close();
    const sent = load({ url, seconds: 0.1, spansPerSecond: 100 });
    sink = await otlpSink(undefined, port);
    const result = await sent;
    assert.equal(result.acknowledgedSpans, 10);
    assert.deepEqual(idsIn(result.acknowledged), idsOf(sink.spans));
  });

  it("does not call acknowledged what was refused, or taken in part", async () => {
    // partial_success { rejected_spans: 2 }
    const partly = Buffer.from([0x0a, 0x02, 0x08, 0x02]);
    const replies: Reply[] = [{ status: 400 }, { status: 200, body: partly }, { status: 200 }];
    const url = await start((n) => replies[n]!);
    const result = await load({ url, seconds: 0.1, spansPerSecond: 150, connections: 1 });
    assert.deepEqual([result.acknowledgedSpans, result.rejectedSpans, result.retries], [5, 10, 0]);
  });

  it("gives up when time is up, and says so", async () => {
    const url = await start(() => ({ status: 503 }));
    const result = await load({ url, seconds: 0.1, spansPerSecond: 50, retryFor: 0 });
    assert.deepEqual([result.acknowledgedSpans, result.abandonedSpans], [0, 5]);
  });
});

describe("compare", () => {
  it("names every acknowledged span that was not found", () => {
    const acknowledged = new Map([
      ["t1", ["a", "b"]],
      ["t2", ["c"]],
    ]);
    assert.deepEqual(compare(acknowledged, new Map([["t1", new Set(["a", "x"])]])), {
      acknowledgedSpans: 3,
      foundSpans: 1,
      missing: [
        { traceId: "t1", spanId: "b" },
        { traceId: "t2", spanId: "c" },
      ],
    });
  });
});
