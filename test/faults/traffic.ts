import { countInJaeger } from "../support/jaeger-count";
import { load } from "../support/load";
import type { SpanIds } from "../support/load-request";
import type { Path } from "./path";
import { largeRequest } from "./large-request";
import { linesIn, pointsIn, sendSerials } from "./serials";

/** What is sent of a signal: how large, and how many in one request. */
export interface Size {
  readonly name: string;
  /** Bytes of a text that each span has, which no compression makes smaller. @default - a span as services have it */
  readonly bytes?: number;
  readonly perRequest: number;
  /** Spans, lines or points a second. */
  readonly perSecond: number;
}

/** Sizes of spans. */
export const spanSizes: readonly Size[] = [
  { name: "1 of 0.6 KB", perRequest: 1, perSecond: 40 },
  { name: "5 of 0.6 KB", perRequest: 5, perSecond: 200 },
  { name: "500 of 0.6 KB", perRequest: 500, perSecond: 500 },
  // One request each time.
  { name: "5,000 of 200 B", bytes: 200, perRequest: 5_000, perSecond: 1_250 },
  { name: "50 of 10 KB", bytes: 10_000, perRequest: 50, perSecond: 50 },
  { name: "2 of 500 KB", bytes: 500_000, perRequest: 2, perSecond: 2 },
];
export const lineSize: Size = { name: "50 lines", perRequest: 50, perSecond: 500 };
export const pointSize: Size = { name: "50 points", perRequest: 50, perSecond: 500 };

/** What Prometheus has answered in the moment in which it stops, and then has not: less than what comes in a second. */
export const answeredAtItsEnd = { most: pointSize.perSecond, signals: ["points"] } as const;

/** Items that come in so many seconds, and requests are whole. */
export const inSeconds = (sizes: readonly Size[], seconds: number): number =>
  sizes.reduce((sum, { perSecond, perRequest }) => sum + Math.max(seconds * perSecond, perRequest), 0);

/** What was acknowledged of each signal, by identity. */
export interface Sent {
  readonly service: string;
  readonly spans: readonly { readonly size: Size; readonly ids: SpanIds }[];
  readonly lines: number[];
  readonly points: number[];
}

/** Acknowledged and found, of one signal in one size. */
export interface Count {
  readonly signal: "spans" | "lines" | "points";
  readonly size: string;
  readonly acknowledged: number;
  readonly found: number;
}

export const nothingSent = (service: string): Sent => ({
  service,
  spans: spanSizes.map((size) => ({ size, ids: new Map() })),
  lines: [],
  points: [],
});

/** Numbers of lines and points, each given once. */
let next = 0;

/**
 * Sends all signals for so many seconds and adds what is acknowledged, whatever happens meanwhile.
 *
 * @param ahead - how far the clock of services is ahead, in milliseconds
 */
export async function send({ otlp: url }: Path, sent: Sent, seconds: number, ahead = 0): Promise<void> {
  const { service } = sent;
  const serials = async (signal: "logs" | "metrics", { perRequest, perSecond }: Size, into: number[]) => {
    const [from, count] = [next, perSecond * seconds];
    next += count;
    into.push(...(await sendSerials({ signal, url, from, count, perRequest, perSecond, service, ahead })));
  };
  await Promise.all([
    ...sent.spans.map(async ({ size: { bytes, perSecond, perRequest }, ids }) => {
      const make = bytes === undefined ? {} : { make: () => largeRequest(perRequest, bytes, ahead) };
      const all = {
        url,
        seconds,
        spansPerSecond: perSecond,
        spansPerRequest: perRequest,
        failed: true,
        ahead,
        ...make,
      };
      const { acknowledged } = await load(all);
      acknowledged.forEach((spans, trace) => ids.set(trace, spans));
    }),
    serials("logs", lineSize, sent.lines),
    serials("metrics", pointSize, sent.points),
  ]);
}

/** Counts what has arrived, item by item. Traces that were complete are not read again. */
export async function count(path: Path, sent: Sent, complete: Set<string>): Promise<Count[]> {
  const unread = sent.spans.flatMap(({ ids }) => [...ids.keys()].filter((trace) => !complete.has(trace)));
  const stored = await countInJaeger(path.jaeger, unread);
  const arrived = (trace: string, ids: readonly string[]) =>
    complete.has(trace) ? ids.length : ids.filter((id) => stored.get(trace)?.has(id)).length;
  const spans = sent.spans.map(({ size, ids }): Count => {
    const counts = [...ids].map(([trace, all]) => {
      const found = arrived(trace, all);
      if (found === all.length) complete.add(trace);
      return [all.length, found] as const;
    });
    const [acknowledged, found] = [0, 1].map((i) => counts.reduce((sum, pair) => sum + pair[i]!, 0));
    return { signal: "spans", size: size.name, acknowledged: acknowledged!, found: found! };
  });
  const inLogs = await linesIn(path.logs, sent.service);
  const inMetrics = await pointsIn(path.prometheus, sent.service);
  const of = (
    signal: "lines" | "points",
    size: Size,
    numbers: readonly number[],
    there: ReadonlySet<number>,
  ): Count => ({
    signal,
    size: size.name,
    acknowledged: numbers.length,
    found: numbers.filter((number) => there.has(number)).length,
  });
  return [...spans, of("lines", lineSize, sent.lines, inLogs), of("points", pointSize, sent.points, inMetrics)];
}
