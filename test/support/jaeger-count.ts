import { setTimeout as wait } from "node:timers/promises";
import { spansInJaeger } from "../../cli/verify/jaeger";
import type { Backend } from "../../cli/verify/backend";
import { answered } from "./answered";
import { loginHeaders } from "./login";
import type { SpanIds } from "./load-request";

/** Traces that are read at once. */
const readers = 8;

/** Reads traces back from Jaeger: the distinct ids of the spans it has of each. Waits while its storage is away. */
export async function countInJaeger(
  jaeger: string | Backend,
  traceIds: Iterable<string>,
): Promise<Map<string, Set<string>>> {
  const backend = typeof jaeger === "string" ? { url: jaeger, headers: loginHeaders } : jaeger;
  const found = new Map<string, Set<string>>();
  // One iterator for all readers: each takes the next id.
  const next = [...traceIds].values();
  const reader = async (): Promise<void> => {
    for (const traceId of next) {
      const spans = await answered(() => spansInJaeger(backend, traceId));
      found.set(traceId, new Set(spans.map(({ spanId }) => spanId)));
    }
  };
  await Promise.all(Array.from({ length: readers }, reader));
  return found;
}

export interface Comparison {
  readonly acknowledgedSpans: number;
  readonly foundSpans: number;
  /** Acknowledged, but not there: lost. */
  readonly missing: readonly { readonly traceId: string; readonly spanId: string }[];
}

/** Compares what was acknowledged with what was found, span by span. */
export function compare(acknowledged: SpanIds, found: ReadonlyMap<string, ReadonlySet<string>>): Comparison {
  const spans = [...acknowledged].flatMap(([traceId, ids]) => ids.map((spanId) => ({ traceId, spanId })));
  const missing = spans.filter(({ traceId, spanId }) => found.get(traceId)?.has(spanId) !== true);
  return { acknowledgedSpans: spans.length, foundSpans: spans.length - missing.length, missing };
}

/**
 * Compares what was acknowledged with what Jaeger has, and reads traces that are not complete again until they are or
 * time is up: spans wait in queues on their way.
 */
export async function compareWithJaeger(
  jaeger: string | Backend,
  acknowledged: SpanIds,
  within = 60_000,
): Promise<Comparison> {
  const deadline = Date.now() + within;
  const found = new Map<string, Set<string>>();
  for (let unread: Iterable<string> = acknowledged.keys(); ;) {
    for (const [traceId, ids] of await countInJaeger(jaeger, unread)) found.set(traceId, ids);
    const comparison = compare(acknowledged, found);
    if (comparison.missing.length === 0 || Date.now() > deadline) return comparison;
    unread = new Set(comparison.missing.map(({ traceId }) => traceId));
    await wait(1_000);
  }
}
