import type { Bucket } from "./bucket";
import type { Plan } from "./compile";
import { bucketsFor, marker, type Judged, type Marked } from "./judge";

/** What became of one trace. */
export interface Decision {
  readonly trace: Judged;
  readonly marked: Marked;
  /** The bucket that kept it. @default - it was dropped */
  readonly bucket?: string | undefined;
  /** Buckets that it matched. Those before the one that kept it had too little. */
  readonly matched: readonly string[];
}

/**
 * What the samplers of a plan would have kept of these traces, each decided when it ended. Buckets are full at first, as they
 * are after a start. With several samplers, which one a trace comes to is chance here as there: by its id.
 *
 * Source of a bucket: golang.org/x/time/rate, which a rate_limiting policy uses.
 */
export function replay(plan: Plan, traces: readonly Judged[], samplers = 1): Decision[] {
  const mark = marker(plan);
  const states = Array.from({ length: samplers }, () => plan.buckets.map((bucket) => new Tokens(bucket)));
  return [...traces]
    .sort((one, other) => one.end - other.end)
    .map((trace) => {
      const marked = mark(trace);
      const matched = bucketsFor(states[samplerOf(trace.traceId, samplers)]!, trace, marked);
      const bucket = matched.find((one) => one.take(trace.spans, trace.end));
      return { trace, marked, bucket: bucket?.name, matched: matched.map(({ name }) => name) };
    });
}

/** A bucket of tokens at work. */
class Tokens {
  readonly name: string;
  readonly match: Bucket["match"];
  private tokens: number;
  private at: number | undefined;

  constructor(private readonly bucket: Bucket) {
    this.name = bucket.name;
    this.match = bucket.match;
    this.tokens = bucket.burst;
  }

  /** Takes so many at a time in seconds, or none where it has fewer. */
  take(count: number, now: number): boolean {
    const passed = Math.max(0, now - (this.at ?? now));
    this.tokens = Math.min(this.bucket.burst, this.tokens + passed * this.bucket.rate);
    this.at = now;
    if (this.tokens < count) return false;
    this.tokens -= count;
    return true;
  }
}

/** FNV-1a: an id says nothing about a trace. */
function samplerOf(traceId: string, samplers: number): number {
  if (samplers === 1) return 0;
  let hash = 0x811c9dc5;
  for (let i = 0; i < traceId.length; i++) hash = Math.imul(hash ^ traceId.charCodeAt(i), 0x01000193) >>> 0;
  return hash % samplers;
}
