import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { post } from "./probe";
import type { Sitting } from "./sitting";

/** A trace of two spans, sent at one time and dated at perhaps another. */
export interface Kept {
  readonly traceId: string;
  readonly needle: string;
  /** When it began, in milliseconds. */
  readonly at: number;
  /** When it was sent. */
  readonly sent: number;
}

const service = "kept-shop";

/** Sends one trace, which has to be taken. */
async function sendTrace(otlp: string, at: number): Promise<Kept> {
  const id = (bytes: number) => randomBytes(bytes).toString("hex");
  const [traceId, first, needle] = [id(16), id(8), `kept-${id(6)}`];
  const span = (spanId: string, parentSpanId?: string) => ({
    traceId,
    spanId,
    ...(parentSpanId !== undefined && { parentSpanId }),
    name: parentSpanId === undefined ? "POST /kept" : "GET /stock",
    kind: 2,
    startTimeUnixNano: `${at}000000`,
    endTimeUnixNano: `${at + 20}000000`,
    attributes: [{ key: "exam.needle", value: { stringValue: needle } }],
  });
  const resource = { attributes: [{ key: "service.name", value: { stringValue: service } }] };
  const sent = Date.now();
  const body = { resourceSpans: [{ resource, scopeSpans: [{ spans: [span(first), span(id(8), first)] }] }] };
  assert.equal(await post(otlp, body), 200);
  return { traceId, needle, at, sent };
}

/** How many spans of a trace a search finds; what is said where it errs. */
async function spansOf(query: string, { traceId, needle, at }: Kept): Promise<number | { readonly erred: string }> {
  const asked = new URLSearchParams({
    service,
    tags: JSON.stringify({ "exam.needle": needle }),
    start: String((at - 2_000) * 1_000),
    end: String((at + 2_000) * 1_000),
    limit: "20",
  });
  const answer = await fetch(`${query}/api/traces?${asked.toString()}`, { signal: AbortSignal.timeout(20_000) });
  const text = await answer.text();
  if (answer.status !== 200) return { erred: text.slice(0, 500) };
  const { data } = JSON.parse(text) as { data: readonly { traceID: string; spans: readonly unknown[] }[] | null };
  return (data ?? []).find(({ traceID }) => traceID === traceId)?.spans.length ?? 0;
}

/** How long traces are to be found, in milliseconds after they were sent. */
export interface Keeping {
  /** From when on they are seen. */
  readonly visible: number;
  /** Until when each is there whole. */
  readonly kept: number;
  /** From when on nothing of it is there. */
  readonly gone: number;
  /** Its spans go with their index, or each by itself. */
  readonly goes: "as a whole" | "span by span";
  /**
   * A search may err that asks for nothing but what is on its way in or out: for an index that begins or goes at that
   * moment.
   *
   * @default false
   */
  readonly mayErr?: boolean;
}

export interface Watched {
  readonly sent: readonly Kept[];
  readonly searches: number;
  /** Ages of the traces for which searches erred, in milliseconds. */
  readonly erred: readonly number[];
}

/**
 * Sends traces for a while, and meanwhile asks for old and new ones: each has to be there whole until its time is over,
 * and no search may err but for what is said. In the end it asks for all of them.
 *
 * @param dated when a trace began that is sent so many milliseconds after the first
 */
export async function watch(
  { otlp, query }: Sitting,
  { visible, kept, gone, goes, mayErr = false }: Keeping,
  milliseconds: number,
  dated: (elapsed: number) => number = () => Date.now(),
): Promise<Watched> {
  const sent: Kept[] = [];
  const erred: number[] = [];
  let searches = 0;
  const judge = async (trace: Kept): Promise<void> => {
    const asked = Date.now() - trace.sent;
    const spans = await spansOf(query, trace);
    const answered = Date.now() - trace.sent;
    searches += 1;
    if (typeof spans !== "number") {
      assert.ok(mayErr && !(asked > visible && answered < kept) && asked < gone, `${asked} ms old: ${spans.erred}`);
      erred.push(asked);
      return;
    }
    const age = `${asked} ms old, of ${kept}: ${spans} spans`;
    if (asked > visible && answered < kept) assert.equal(spans, 2, `a trace is not there, ${age}`);
    if (asked > gone) assert.equal(spans, 0, `a trace is still there, ${age}`);
    if (asked > kept && goes === "as a whole")
      assert.ok(spans === 0 || spans === 2, `a part of a trace is there, ${age}`);
  };
  const started = Date.now();
  for (let elapsed = 0; elapsed < milliseconds; elapsed = Date.now() - started) {
    sent.push(await sendTrace(otlp, dated(elapsed)));
    const youngest = sent.findLast((trace) => Date.now() - trace.sent > visible);
    const oldest = sent.find((trace) => Date.now() - trace.sent < kept);
    const any = sent[Math.floor(Math.random() * sent.length)];
    for (const trace of new Set([youngest, oldest, any])) if (trace !== undefined) await judge(trace);
    await wait(150);
  }
  await wait(visible);
  for (const trace of sent) await judge(trace);
  return { sent, searches, erred };
}
