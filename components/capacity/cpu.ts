/**
 * Spans per CPU-second of one process by pipeline, in requests of 5 spans and of 512. `everything` counts spans, joins
 * calls to a graph and waits on disk.
 *
 * Source: docs/benchmarks.md, "What durability costs"; but for Jaeger.
 */
export const measured = {
  memory: { small: 23_635, large: 227_144 },
  disk: { small: 13_595, large: 121_789 },
  everything: { small: 9_231, large: 63_750 },
  // Jaeger 2.20.0 with Badger on one machine, under the load of test/support/load.ts: 240,128 and 40,000 spans, one run.
  jaeger: { small: 6_504, large: 12_882 },
} as const;
export type Pipeline = keyof typeof measured;

const small = 5;
const large = 512;
/** Bytes of a span of the benchmark's larger requests. */
const bytesMeasured = 292;

/**
 * CPU-seconds of one span: its part of the cost of a request, and a cost that grows with its bytes. The two are what the
 * measured pair of request sizes says; for spans of the benchmark both are met exactly.
 */
export function cpuSecondsPerSpan(pipeline: Pipeline, spansPerRequest: number, bytesPerSpan = bytesMeasured): number {
  const at = measured[pipeline];
  const perRequest = (1 / at.small - 1 / at.large) / (1 / small - 1 / large);
  const perSpan = 1 / at.large - perRequest / large;
  return perRequest / spansPerRequest + (perSpan * bytesPerSpan) / bytesMeasured;
}

/** Seconds after which an SDK sends what it has, and spans it sends at most. Source: OpenTelemetry, trace/sdk.md. */
const sdk = { delay: 5, most: 512 };
/** Likewise for the queues of components/collector/exporters/queue.ts. */
const collector = { delay: 0.2, most: 8_192 };

/** Spans in a request of one sender with this rate; at least as few as were measured. */
export const spansPerRequestOf = (sender: "sdk" | "collector", spansPerSecond: number): number => {
  const { delay, most } = sender === "sdk" ? sdk : collector;
  return Math.min(most, Math.max(small, spansPerSecond * delay));
};

/**
 * Spans of a part of a request that a load balancer divides among so many. Smaller parts than were measured are taken to
 * cost as much as those: beyond that, share less rather than plan more.
 */
export const divided = (spansPerRequest: number, among: number): number => Math.max(small, spansPerRequest / among);
