import { figures } from "./figures";

/** Indices of one day, and what they are cut into. */
export interface Shards {
  /** Bytes of one day's spans, one copy. */
  readonly indexBytes: number;
  readonly primariesPerDay: number;
  /** Bytes of one of them. */
  readonly shardBytes: number;
  /** Of all days that are kept, copies included. */
  readonly total: number;
}

/**
 * Primary shards for what one day writes. Below one full shard an index is rolled over when it is large enough rather
 * than daily, or there is one shard for each day.
 */
export function shardsFor(indexBytes: number, days: number, copies: number): Shards {
  const primariesPerDay = Math.max(1, Math.ceil(indexBytes / figures.shardBytes.value));
  return {
    indexBytes,
    primariesPerDay,
    shardBytes: indexBytes / primariesPerDay,
    total: primariesPerDay * Math.ceil(days) * copies,
  };
}
