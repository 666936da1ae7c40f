import { randomBytes } from "node:crypto";
import type { SpanIds } from "./load-request";

/** Requests in OTLP/JSON whose items have a size, and what they are found by. */
export interface Sized {
  readonly path: "/v1/traces" | "/v1/logs" | "/v1/metrics";
  readonly body: string;
  /** Ids of spans, bodies of log records or names of metrics. */
  readonly ids: readonly string[];
}

const resource = { attributes: [{ key: "service.name", value: { stringValue: "sized" } }] };
const now = (): string => `${Date.now()}000000`;
const hex = (bytes: number): string => randomBytes(bytes).toString("hex");
/** Text that no compression makes small. Without a capital A it is no key of Google or AWS by chance, which would be masked. */
export const text = (bytes: number): string =>
  randomBytes(Math.ceil((bytes * 3) / 4))
    .toString("base64")
    .replaceAll("A", "B")
    .slice(0, bytes);

/** A request of spans. */
export interface SizedSpans extends Sized {
  readonly spanIds: SpanIds;
}

/** Failed spans, 50 of one trace, each with one text of so many bytes. */
export function spansOf(count: number, bytes: number): SizedSpans {
  const ids = Array.from({ length: count }, () => hex(8));
  const traces = Array.from({ length: Math.ceil(count / 50) }, () => hex(16));
  const spans = ids.map((spanId, n) => ({
    traceId: traces[Math.floor(n / 50)],
    spanId,
    name: "GET /sized",
    kind: 2,
    startTimeUnixNano: now(),
    endTimeUnixNano: now(),
    status: { code: 2 },
    attributes: [{ key: "text", value: { stringValue: text(bytes) } }],
  }));
  const spanIds = new Map(traces.map((traceId, n) => [traceId, ids.slice(50 * n, 50 * n + 50)]));
  const body = JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] });
  return { path: "/v1/traces", ids, spanIds, body };
}

/** Spans each of which has a scope of its own, below a resource of so many bytes. */
export function scopedSpansOf(count: number, resourceBytes: number): Sized {
  const { ids, body } = spansOf(count, 10);
  const { resourceSpans } = JSON.parse(body) as {
    resourceSpans: [{ scopeSpans: [{ spans: { spanId: string }[] }] }];
  };
  const attributes = [...resource.attributes, { key: "about", value: { stringValue: text(resourceBytes) } }];
  const scopeSpans = resourceSpans[0].scopeSpans[0].spans.map((span) => ({
    scope: { name: span.spanId },
    spans: [span],
  }));
  return {
    path: "/v1/traces",
    ids,
    body: JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans }] }),
  };
}

/** Log records whose body is a text of so many bytes, and an attribute another one. */
export function linesOf(count: number, bytes: number, attributeBytes = 0): Sized {
  const ids = Array.from({ length: count }, () => text(bytes));
  const attributes = [{ key: "text", value: { stringValue: text(attributeBytes) } }];
  const logRecords = ids.map((stringValue) => ({ timeUnixNano: now(), body: { stringValue }, attributes }));
  return { path: "/v1/logs", ids, body: JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] }) };
}

/** Gauges of one point each. */
export function pointsOf(count: number): Sized {
  const ids = Array.from({ length: count }, () => `sized.${hex(8)}`);
  const metrics = ids.map((name) => ({ name, gauge: { dataPoints: [{ timeUnixNano: now(), asInt: "1" }] } }));
  return {
    path: "/v1/metrics",
    ids,
    body: JSON.stringify({ resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }] }),
  };
}

/** Points of one gauge, of so many series from a number on, one a second up to now in each. */
export function seriesOf(name: string, first: number, series: number, seconds: number): Sized {
  const last = Date.now();
  const dataPoints = Array.from({ length: series * seconds }, (_, n) => ({
    timeUnixNano: `${last - 1_000 * (n % seconds)}000000`,
    asInt: "1",
    attributes: [{ key: "n", value: { stringValue: String(first + Math.floor(n / seconds)) } }],
  }));
  const body = JSON.stringify({
    resourceMetrics: [{ resource, scopeMetrics: [{ metrics: [{ name, gauge: { dataPoints } }] }] }],
  });
  return { path: "/v1/metrics", ids: [], body };
}

/** Sends one request, again and again while it is answered "not now". */
export async function post(url: string, { path, body }: Sized): Promise<number> {
  for (const deadline = Date.now() + 60_000; ;) {
    const headers = { "content-type": "application/json" };
    const { status } = await fetch(`${url}${path}`, { method: "POST", headers, body });
    if (![429, 502, 503, 504].includes(status) || Date.now() > deadline) return status;
    await new Promise((again) => setTimeout(again, 200));
  }
}
