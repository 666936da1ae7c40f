import type { TraceBuffer } from "../buffer/buffer";
import { batchUpTo, worthSending } from "../collector/limits";
import { kafka, otlpGrpc, otlpHttp, type QueueOptions } from "../collector/parts";
import type { Exporter, Signal } from "../collector/part";
import { inBytes, type Duration } from "../core/units";
import { logStores } from "../logs";
import type { TraceStorage } from "../storage/storage";
import type { Stores, TraceStore, Waiting } from "./options";

/**
 * How long a Collector waits for the answer of the next one, which comes, where a sampler is full, once it has decided. Who
 * asked again meanwhile would have spans counted twice. A hop that is gone is known by its connection, within 20 s.
 */
export const untilAnswered: Duration = "5m";

/** What waits survives the process. */
export const onDisk = (waiting: Waiting): QueueOptions => ({
  ...inMemory(waiting),
  durability: waiting.durability,
  disk: waiting.queueSize,
});

/** What waits is gone with the process. */
export const inMemory = ({ limits }: Pick<Waiting, "limits">): QueueOptions => ({ batch: batchUpTo(limits.sends) });

/** What is kept: to Jaeger, or to where it waits for it. */
export const toStorage = (store: TraceStore, queue: QueueOptions): Exporter<Signal> =>
  store.buffer === undefined ? toJaeger(store, queue) : toBuffer(store.buffer, store.storage, queue);

/**
 * Jaeger answers when the storage has all of a request, which some write row by row: one that is slow has more to write, not
 * less, where the same is sent again meanwhile.
 */
const toJaeger = (
  { jaeger, storage: { limits: { spansPerRequest: spans } = {} } }: TraceStore,
  queue: QueueOptions,
): Exporter<Signal> =>
  otlpGrpc({
    name: "jaeger",
    to: jaeger,
    queue: { ...queue, ...(spans !== undefined && { batch: { sizer: "items", min: spans, max: spans } }) },
    timeout: untilAnswered,
  });

/** Share of the largest message that spans may take: the rest is what stands around them. */
const spansInMessage = 0.9;

/** A message is stored as a whole: it holds as much as a topic takes, and as many spans as a storage takes at once. */
function toBuffer(
  { client, topic, largest }: TraceBuffer,
  { limits: { spansPerRequest: spans } = {} }: TraceStorage,
  queue: QueueOptions,
): Exporter<Signal> {
  const bytes = Math.floor(inBytes(largest) * spansInMessage);
  return kafka({
    name: "buffer",
    ...client,
    topics: { traces: topic },
    partitionTracesById: false,
    largest,
    queue: {
      ...queue,
      batch:
        spans === undefined
          ? { sizer: "bytes", min: Math.min(worthSending, bytes), max: bytes }
          : few(Math.min(spans, Math.floor(bytes / largeSpan))),
    },
  });
}

/** Bytes of a span that is large, where spans are counted and not measured. */
const largeSpan = 4_096;
const few = (max: number) => ({ sizer: "items", min: Math.ceil(max / 2), max }) as const;

export const toPrometheus = ({ prometheus }: Pick<Stores, "prometheus">, queue: QueueOptions): Exporter<Signal> =>
  otlpHttp({ name: "prometheus", to: prometheus, path: "/api/v1/otlp", queue });
export const toLogs = ({ logs: { kind, at } }: Pick<Stores, "logs">, queue: QueueOptions | "none"): Exporter<Signal> =>
  otlpHttp({ name: kind, to: at, ...logStores[kind].otlp, queue });
