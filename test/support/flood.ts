import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { LoadResult } from "./load";
import { missingAmong } from "./missing";
import { otlpRequest, type WrittenSpan } from "./otlp-request";
import type { ReceivedSpan } from "./otlp-sink";

const spansPerRequest = 500;
/** A span with ids of its own. */
export const span = (name: string, more: Partial<WrittenSpan> = {}): WrittenSpan => ({
  name,
  traceId: randomBytes(16),
  spanId: randomBytes(8),
  ...more,
});

/** A word without digits, another one for each number. */
export function word(n: number): string {
  const syllable = (i: number): string => "bcdfghjklmnprstvw"[i % 17]! + "aeiou"[Math.floor(i / 17) % 5]!;
  return (n >= 85 ? word(Math.floor(n / 85)) : "") + syllable(n % 85);
}

/** Sends so many spans, four requests at once, each until it is taken. */
export async function flood(
  url: string,
  spans: number,
  make: (n: number) => WrittenSpan,
  service: string,
): Promise<void> {
  let next = 0;
  const sender = async (): Promise<void> => {
    while (next < spans) {
      const first = next;
      next += spansPerRequest;
      const body = otlpRequest(
        service,
        Array.from({ length: Math.min(spansPerRequest, spans - first) }, (_, i) => make(first + i)),
      );
      while (!(await taken(url, body))) await wait(500);
    }
  };
  await Promise.all([1, 2, 3, 4].map(sender));
}

/** Whether a request is taken at once. */
export const taken = async (url: string, body: Buffer, signal = "traces"): Promise<boolean> => {
  const headers = { "content-type": "application/x-protobuf" };
  const { status } = await fetch(`${url}/v1/${signal}`, { method: "POST", headers, body: new Uint8Array(body) });
  return status === 200;
};

/** Asks until an answer is right, or for so many seconds. */
export async function eventually<T>(seconds: number, ask: () => Promise<T>, right: (answer: T) => boolean): Promise<T> {
  for (const deadline = Date.now() + seconds * 1_000; ; await wait(1_000)) {
    const answer = await ask();
    if (right(answer) || Date.now() > deadline) return answer;
  }
}

/** How many of the spans that were taken do not arrive. */
export const missing = async (
  { acknowledged }: LoadResult,
  arrived: () => readonly ReceivedSpan[],
  within?: number,
): Promise<number> =>
  (await missingAmong([...acknowledged.values()].flat(), () => arrived().map(({ spanId }) => spanId), within)).length;
