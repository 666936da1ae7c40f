import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";

/** The service in the middle of each request: it is called, calls another, fails at times, and writes log lines. */
export const service = "board-orders";

const kinds = { server: 2, client: 3 } as const;
const failed = { code: 2, message: "no such item" };

/** Spans of one request, each the child of the one before. */
const hops = [
  { service: "board-shop", kind: kinds.server, name: "POST /checkout", route: "/checkout" },
  { service: "board-shop", kind: kinds.client, name: "POST" },
  { service, kind: kinds.server, name: "POST /orders", route: "/orders" },
  { service, kind: kinds.client, name: "POST" },
  { service: "board-payments", kind: kinds.server, name: "POST /payments", route: "/payments" },
] as const;

/** More text than Badger takes. */
const tooLong = "x".repeat(70_000);

/**
 * Sends requests through three services for so many seconds, two a second: every other one fails, every third has a text
 * that is too long, and each writes a log line.
 */
export async function traffic(otlpHttp: string, seconds: number): Promise<void> {
  const end = Date.now() + seconds * 1_000;
  for (let n = 0; Date.now() < end; n++) {
    const traceId = randomBytes(16).toString("hex");
    const spans = spansOf(traceId, n);
    await post(`${otlpHttp}/v1/traces`, { resourceSpans: spans });
    await post(`${otlpHttp}/v1/logs`, { resourceLogs: [logOf(traceId, n)] });
    await wait(500);
  }
}

function spansOf(traceId: string, n: number) {
  const ids = hops.map(() => randomBytes(8).toString("hex"));
  const now = Date.now();
  return hops.map(({ service, kind, name, ...hop }, depth) => ({
    resource: resourceOf(service),
    scopeSpans: [
      {
        spans: [
          {
            traceId,
            spanId: ids[depth],
            ...(depth > 0 && { parentSpanId: ids[depth - 1] }),
            name,
            kind,
            startTimeUnixNano: nanoseconds(now - 100 + 5 * depth),
            endTimeUnixNano: nanoseconds(now - 5 * depth),
            ...(n % 2 === 0 && depth > 0 && { status: failed }),
            attributes: [
              attribute("http.request.method", "POST"),
              ...("route" in hop ? [attribute("http.route", hop.route)] : []),
              ...(n % 3 === 0 && depth === 4 ? [attribute("db.query.text", tooLong)] : []),
            ],
          },
        ],
      },
    ],
  }));
}

const logOf = (traceId: string, n: number) => ({
  resource: resourceOf(service),
  scopeLogs: [
    {
      logRecords: [
        {
          timeUnixNano: nanoseconds(Date.now()),
          traceId,
          severityNumber: n % 2 === 0 ? 17 : 9,
          severityText: n % 2 === 0 ? "ERROR" : "INFO",
          body: { stringValue: n % 2 === 0 ? "order refused" : "order taken" },
        },
      ],
    },
  ],
});

const resourceOf = (service: string) => ({ attributes: [attribute("service.name", service)] });
const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const nanoseconds = (milliseconds: number): string => `${milliseconds}000000`;

async function post(url: string, body: unknown): Promise<void> {
  const headers = { "content-type": "application/json" };
  const { ok, status } = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  assert.ok(ok, `${url} answered ${status}`);
}
