import { load } from "../support/load";
import { requestsOf } from "../support/load-request";
import { atRest, collector, measured, receiver, toSink, written } from "./pipeline";
import { median, type Measured } from "./process";

export interface BatchCost {
  readonly pairs: number;
  /** Of one turn. */
  readonly spans: number;
  readonly bytesPerSpan: number;
  /** Spans per CPU-second with batches in bytes against batches in items, the median of all pairs. */
  readonly ratio: number;
  /** Where that median lies with a confidence of 95 %. */
  readonly from: number;
  readonly to: number;
}

const [pairs, requests, spansPerRequest] = [30, 400, 512];
/** Size of a span that capacity is planned with. Source: Jaeger's BENCHMARKING.md of ClickHouse. */
const bytesPerSpan = 643;

const beside = { grpc: 26317, http: 26318, health: 26133, metrics: 26888 };

/** Both Collectors run all the time and take turns, so that what else the machine does meets both. */
export async function batchCost(binary: string): Promise<BatchCost> {
  const running: Measured[] = [];
  const begin = async (...args: Parameters<typeof collector>): Promise<Measured> => {
    const begun = await collector(...args);
    running.push(begun);
    return begun;
  };
  try {
    running.push(await receiver(binary));
    const bytes = await begin(binary, written(toSink("memory")), measured, "bytes");
    const inItems = toSink("memory", { sizer: "items", min: 4_096, max: 8_192 });
    const items = await begin(binary, written(inItems), beside, "items");
    const make = requestsOf(spansPerRequest, { text: textFor(bytesPerSpan) });
    const turn = async (of: Measured, { http }: typeof measured): Promise<number> => {
      const before = await atRest(of);
      const spansPerSecond = requests * spansPerRequest;
      const url = `http://127.0.0.1:${http}`;
      await load({ url, seconds: 1, spansPerSecond, spansPerRequest, make, record: false });
      return (await atRest(of)) - before;
    };
    const ratios: number[] = [];
    // The first pair warms both up.
    for (let n = 0; n <= pairs; n++) {
      const used = { bytes: 0, items: 0 };
      const first = async () => (used.bytes = await turn(bytes, measured));
      const second = async () => (used.items = await turn(items, beside));
      for (const next of n % 2 === 0 ? [first, second] : [second, first]) await next();
      if (n > 0) ratios.push(used.items / used.bytes);
    }
    const [from, to] = intervalOfMedian(ratios);
    return { pairs, spans: requests * spansPerRequest, bytesPerSpan, ratio: median(ratios), from, to };
  } finally {
    for (const one of running) await one.stop();
  }
}

/** Bytes of text that make a span so large. */
function textFor(bytes: number): number {
  const sizeWith = (text: number) => requestsOf(spansPerRequest, { text })().body.length / spansPerRequest;
  const some = 300;
  return Math.round(some + bytes - sizeWith(some));
}

/** Order statistics between which the median lies with 95 %. Source: Conover, Practical Nonparametric Statistics, 3.2. */
function intervalOfMedian(values: readonly number[]): [number, number] {
  const sorted = [...values].sort((a, b) => a - b);
  const away = 1.96 * Math.sqrt(values.length / 4);
  const [low, high] = [Math.floor(values.length / 2 - away), Math.ceil(values.length / 2 + away)];
  return [sorted[Math.max(0, low - 1)]!, sorted[Math.min(sorted.length - 1, high)]!];
}
