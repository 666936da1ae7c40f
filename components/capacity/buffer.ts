import { inSeconds } from "../core/units";
import type { CompleteDemand } from "./demand";
import { figures } from "./figures";
import { rates } from "./rates";
import { whole } from "./whole";

/** Kafka between the last Collector and Jaeger, for a stack that has one. */
export interface BufferPlan {
  /** Bytes that wait when Jaeger has been away for that long, one copy of them. */
  readonly held: number;
  readonly brokers: number;
  /** Volume of each broker. */
  readonly diskEach: number;
}

const copies = 3;
const day = 86_400;

/**
 * Room for an outage of the storage: at peak all the time, but never more than the days it falls into bring.
 *
 * Source: rate × retention × replication factor, less what messages may not take of a volume (components/buffer/managed.ts).
 */
export function buffer(demand: CompleteDemand): BufferPlan {
  const bytesPerSecond = (factor: number) => rates(demand, factor).keptSpansPerSecond * demand.bytesPerSpan;
  const outage = inSeconds(demand.bufferOutage);
  const held = whole(
    Math.min(bytesPerSecond(demand.peakFactor) * outage, bytesPerSecond(1) * Math.ceil(outage / day) * day),
  );
  const brokers = Math.max(copies, Math.ceil((brokerDisk(held, 1) * copies) / figures.brokerBytes.value));
  return { held, brokers, diskEach: brokerDisk(held, brokers) };
}

/** Volume of each of so many brokers: one keeps one copy, three and more keep three. */
export const brokerDisk = (held: number, brokers: number): number =>
  whole((held * Math.min(copies, brokers)) / brokers / figures.brokerDiskUsed.value);
