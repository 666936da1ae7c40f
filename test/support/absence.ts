import assert from "node:assert/strict";
import type { SpanIds } from "./load-request";
import { linesOf, post, seriesOf, spansOf, type Sized } from "./sized";

/** 20,000 spans of 200 B and of 1.1 KB, 2,000 of 10 KB, and one of 6 MB, in requests of up to 5,000 spans and 6 MB. */
const requests: readonly (readonly [requests: number, spans: number, bytes: number])[] = [
  [4, 5_000, 200],
  [40, 500, 1_100],
  [4, 500, 10_000],
  [1, 1, 6_000_000],
];

/** Sends spans of every size, each request until it is taken, while a hop behind is away. */
export async function sendSizes(url: string): Promise<SpanIds> {
  const sent: SpanIds = new Map();
  for (const [count, spans, bytes] of requests) {
    for (let n = 0; n < count; n++) {
      const request = spansOf(spans, bytes);
      assert.equal(await post(url, request), 200);
      request.spanIds.forEach((ids, traceId) => sent.set(traceId, ids));
    }
  }
  return sent;
}

/** Lines of `sendLines`, and points of `sendPoints`, which are of metric `absence`. */
export const [absentLines, absentPoints] = [90_001, 200_000];

/** Sends 90,000 lines of 1 KB and one of 20 bytes, each request until it is taken. */
export async function sendLines(url: string): Promise<void> {
  for (let n = 0; n < 90; n++) await taken(url, linesOf(1_000, 1_000));
  await taken(url, linesOf(1, 20));
}

/** Sends ten points of each of 20,000 series, each request until it is taken. */
export async function sendPoints(url: string): Promise<void> {
  for (let n = 0; n < 20; n++) await taken(url, seriesOf("absence", 1_000 * n, 1_000, 10));
}

const taken = async (url: string, request: Sized): Promise<void> => assert.equal(await post(url, request), 200);
