import { randomBytes } from "node:crypto";
import type { LoadRequest } from "../support/load-request";
import { otlpRequest } from "../support/otlp-request";

/** Spans of one trace. */
const together = 50;

/** One request of failed spans, each with a text of so many bytes, by a clock that is so many milliseconds ahead. */
export function largeRequest(spans: number, bytes: number, ahead = 0): LoadRequest {
  const traceIds = Array.from({ length: Math.ceil(spans / together) }, () => randomBytes(16));
  const made = Array.from({ length: spans }, (_, n) => ({
    name: "POST /large",
    traceId: traceIds[Math.floor(n / together)]!,
    spanId: randomBytes(8),
    failed: true,
    ahead,
    attributes: { text: randomBytes(bytes / 2).toString("hex") },
  }));
  const idsOf = (trace: number) =>
    made.slice(trace * together, (trace + 1) * together).map(({ spanId }) => spanId.toString("hex"));
  return {
    body: otlpRequest("load-large", made),
    spanIds: () => new Map(traceIds.map((id, trace) => [id.toString("hex"), idsOf(trace)])),
  };
}
