import assert from "node:assert/strict";
import { makeCanary } from "../../../cli/verify/canary";
import { sender } from "../../../cli/verify/otlp";
import { otlpSink } from "../../support/otlp-sink";

describe("canary", () => {
  it("arrives as three services with a log line and a metric would send it", async () => {
    const sink = await otlpSink();
    const canary = await makeCanary();
    await sender(canary, { url: sink.url })();
    await sink.close();
    const [shop, call, orders, pay, payments] = sink.spans;
    const { traceId } = canary;
    assert.deepEqual(
      sink.spans.map(({ service, name, parentSpanId }) => [service, name, parentSpanId]),
      [
        ["sightline-canary-shop", "POST /checkout", ""],
        ["sightline-canary-shop", "POST", shop?.spanId],
        ["sightline-canary-orders", "POST /orders", call?.spanId],
        ["sightline-canary-orders", "POST", orders?.spanId],
        ["sightline-canary-payments", "POST /payments", pay?.spanId],
      ],
    );
    assert.deepEqual(new Set(sink.spans.map((span) => span.traceId)), new Set([traceId]));
    assert.deepEqual(sink.logs, [
      { service: "sightline-canary-payments", traceId, spanId: payments?.spanId, body: "canary: payment taken" },
    ]);
    assert.deepEqual(sink.metrics, [
      { service: "sightline-canary-shop", name: "sightline.canary.sent_at", values: [canary.sentAt] },
    ]);
  });

  it("has other ids each time", async () => {
    const [one, other] = [await makeCanary(), await makeCanary()];
    const ids = [one, other].flatMap(({ traceId, spans }) => [traceId, ...spans.map(({ spanId }) => spanId)]);
    assert.equal(new Set(ids).size, 12);
  });

  it("is sent again in the part alone that was not accepted", async () => {
    // The sink answers in the order in which requests arrive: one signal of three is refused.
    const sink = await otlpSink((n) => ({ status: n === 1 ? 400 : 200 }));
    const send = sender(await makeCanary(), { url: sink.url });
    await assert.rejects(send(), /^Error: (traces|logs|metrics) not accepted: 400 Bad Request$/);
    await send();
    await sink.close();
    assert.deepEqual([sink.spans.length, sink.logs.length, sink.metrics.length], [5, 1, 1]);
    assert.equal(sink.authorizations.length, 4);
  });
});
