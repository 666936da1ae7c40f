import type { Config } from "../../core/config";
import type { Problem } from "../../core/problems";
import { goDuration, inBytes, type Duration } from "../../core/units";
import * as check from "../checks";
import { batchUpTo, unknownNeighbours } from "../limits";
import { fileStorage, type FileStorageOptions } from "../extensions/file-storage";
import { refTo, type Extension } from "../part";

/**
 * Where spans wait for the next hop. `memory` loses them when the process dies; `disk` keeps them unless the machine
 * loses power; `disk-fsync` keeps them then too. What each costs is in docs/benchmarks.md.
 */
export type Durability = "memory" | "disk" | "disk-fsync";

export interface QueueOptions {
  /** @default "memory" */
  readonly durability?: Durability;
  /**
   * Room on disk for all queues of one process. Each is full when what waits in it takes a quarter of that, in bytes, so
   * that the disk itself never is.
   *
   * @default "2 GiB"
   */
  readonly disk?: FileStorageOptions["size"];
  /**
   * Spans, points or log records that may wait in memory. A request of more is refused for ever.
   *
   * @default 100_000
   */
  readonly capacity?: number;
  /**
   * What happens when it is full: `refuse` answers the sender (gRPC UNAVAILABLE, HTTP 503), who sends again; `wait` lets
   * the sender wait, until it gives up and sends again. In both, what was accepted arrived and what was not was counted
   * as refused, by Collector 0.158. A sender that sends again does so for all exporters of the pipeline: connectors
   * beside a full queue count such spans twice.
   *
   * @default "refuse"
   */
  readonly whenFull?: "refuse" | "wait";
  /**
   * Size of one request, in bytes or in items. The next hop has to take `max`: what it finds too large is dropped and
   * counted, as an error that no repetition mends. A single item above `max` bytes is dropped too, with all that came in
   * its request, so `max` is at least what this Collector takes from senders, and what it adds.
   *
   * @default - 64 KiB to 4 MiB, which every gRPC server takes
   */
  readonly batch?: { readonly min: number; readonly max: number; readonly sizer: "items" | "bytes" };
  /** Longest time a smaller batch waits for more. @default "200ms" */
  readonly flush?: Duration;
}

/** `retry_on_failure` and `sending_queue` of an exporter, and the extension they need. */
export interface Queue {
  readonly config: Config;
  readonly extensions: readonly Extension[];
  readonly problems: readonly Problem[];
}

/**
 * No queue: the sender is answered once the next hop has answered, and waits while it is tried again. What the sender
 * keeps until then is nowhere lost, so a hop without a queue needs no disk.
 */
const withoutQueue: Queue = {
  config: {
    retry_on_failure: { enabled: true, initial_interval: "200ms", max_interval: "5s", max_elapsed_time: "0s" },
    sending_queue: { enabled: false },
  },
  extensions: [],
  problems: [],
};

/** Queues that find room on one disk: traces, metrics and logs, and as much again as one for the database itself. */
const queuesOnOneDisk = 4;

/**
 * The queue of an exporter. Batches are made here rather than by the batch processor, which would answer "accepted"
 * before the queue has it. A hop that is away is tried for ever: giving up would drop.
 *
 * Source: exporter/exporterhelper/README.md and docs/rfcs/batching-migration.md of the Collector.
 */
export function queue(options: QueueOptions | "none" = {}): Queue {
  if (options === "none") return withoutQueue;
  const { durability = "memory", disk = "2 GiB", capacity = 100_000, whenFull = "refuse", flush = "200ms" } = options;
  const { min, max, sizer } = options.batch ?? batchUpTo(unknownNeighbours.sends);
  const storage = durability === "memory" ? undefined : fileStorage({ size: disk, fsync: durability === "disk-fsync" });
  return {
    config: {
      retry_on_failure: { enabled: true, initial_interval: "1s", max_interval: "30s", max_elapsed_time: "0s" },
      sending_queue: {
        enabled: true,
        ...(storage
          ? { storage: refTo(storage), sizer: "bytes", queue_size: Math.floor(inBytes(disk) / queuesOnOneDisk) }
          : { sizer: "items", queue_size: capacity }),
        block_on_overflow: whenFull === "wait",
        batch: { flush_timeout: goDuration(flush), sizer, min_size: min, max_size: max },
      },
    },
    extensions: storage ? [storage] : [],
    problems: [
      ...check.count("capacity", capacity),
      ...check.count("batch.min", min),
      ...check.count("batch.max", max),
      ...check.unless(!(min > max), {
        path: "batch.min",
        value: min,
        reason: `larger than batch.max (${max})`,
        remedy: "lower it",
      }),
      ...check.unless(storage !== undefined || sizer === "bytes" || !(max > capacity), {
        path: "capacity",
        value: capacity,
        reason: `smaller than one batch (batch.max is ${max})`,
        remedy: "increase it, or lower batch.max",
      }),
      ...check.duration("flush", flush),
    ],
  };
}
