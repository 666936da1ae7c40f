import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";

/** A request whose spans have something of everything, at a time at which there is nothing else. */
export interface Probe {
  readonly traceId: string;
  readonly spanIds: readonly [string, string];
  /** When it began, in milliseconds. */
  readonly at: number;
  /** Value that only this probe has. */
  readonly needle: string;
  readonly service: string;
  readonly operation: string;
  readonly longText: string;
}

const kinds = { server: 2, client: 3 } as const;

/** Milliseconds that its first span takes; the second takes a hundredth of them. */
export const took = 1_500;

export const unicode = { key: "città.名", value: "naïve Ω 東京 🚀 \u202eאב" };
export const link = { traceId: "0123456789abcdef0123456789abcdef", spanId: "fedcba9876543210" };
export const numbers = { int: "9007199254740993", double: 0.1, bool: true };

/** A probe, and the request that carries it. */
export function probe(longText: string): { probe: Probe; body: { resourceSpans: readonly unknown[] } } {
  const id = (bytes: number) => randomBytes(bytes).toString("hex");
  const needle = `needle-${id(4)}`;
  const [traceId, first, second] = [id(16), id(8), id(8)];
  const at = Date.now() - 3_600_000;
  const nanos = (milliseconds: number) => `${milliseconds}000000`;
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  const resource = (name: string) => ({
    attributes: [text("service.name", name), text("exam.resource", `resource-${needle}`)],
  });
  const shop = {
    traceId,
    spanId: first,
    name: "POST /exam",
    kind: kinds.server,
    startTimeUnixNano: nanos(at),
    endTimeUnixNano: nanos(at + took),
    status: { code: 2, message: "no such item" },
    attributes: [
      text("exam.needle", needle),
      text("exam.long", longText),
      text(unicode.key, unicode.value),
      { key: "exam.int", value: { intValue: numbers.int } },
      { key: "exam.double", value: { doubleValue: numbers.double } },
      { key: "exam.bool", value: { boolValue: numbers.bool } },
    ],
    events: [{ timeUnixNano: nanos(at + 5), name: "retry", attributes: [text("exam.event", `event-${needle}`)] }],
    links: [link],
  };
  const stock = {
    traceId,
    spanId: second,
    parentSpanId: first,
    name: "GET /stock",
    kind: kinds.server,
    startTimeUnixNano: nanos(at + 10),
    endTimeUnixNano: nanos(at + 10 + took / 100),
  };
  return {
    probe: { traceId, spanIds: [first, second], at, needle, service: "exam-shop", operation: "POST /exam", longText },
    body: {
      resourceSpans: [
        { resource: resource("exam-shop"), scopeSpans: [{ spans: [shop] }] },
        { resource: resource("exam-stock"), scopeSpans: [{ spans: [stock] }] },
      ],
    },
  };
}

/** Sends one OTLP request; gives the status of the answer. */
export async function post(otlpHttp: string, body: object): Promise<number> {
  const headers = { "content-type": "application/json" };
  const { status } = await fetch(`${otlpHttp}/v1/traces`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
  return status;
}

/** Sends one OTLP request that has to be taken. */
export async function send(otlpHttp: string, body: object): Promise<void> {
  assert.equal(await post(otlpHttp, body), 200);
}
