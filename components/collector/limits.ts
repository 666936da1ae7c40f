import { inBytes, inMebibytes, type Size } from "../core/units";

/**
 * Largest request, in MiB, measured as OTLP in protobuf without compression.
 *
 * Each hop takes what the one before it sends, and sends a mebibyte more than it takes: that is room for what it adds to
 * the resource of a span. So no span, point or log record that the first hop took is too large for one that follows, and
 * none makes a request that the next hop refuses for good.
 */
export interface Limits {
  readonly takes: number;
  readonly sends: number;
}

/** What gRPC servers take unless they are told otherwise. */
const grpcDefault = 4;

/** Limits of a Collector whose neighbours are not known: both take what gRPC servers do. */
export const unknownNeighbours: Limits = { takes: grpcDefault, sends: grpcDefault };

/** Share of a process's memory that one request may be. A few are there at once, and one of many small things is 60 times its size. */
const shareOfMemory = 1 / 128;
/** SDKs send less. A span with a file in it may be of some MiB: it is taken, and cut where it is stored. */
const [least, most] = [8, 16];
/** Room for what a hop adds. */
const added = 1;

/** Largest request that a process takes from senders, which it does not know. */
export const largestFromSenders = (memory: Size): number =>
  Math.min(most, Math.max(least, Math.floor(inMebibytes(memory) * shareOfMemory)));

/** Limits of so many hops, one after the other, the first of which has this memory and takes what services send. */
export const limitsAlong = (hops: number, memory: Size): Limits[] =>
  Array.from({ length: hops }, (_, n) => {
    const takes = largestFromSenders(memory) + n * added;
    return { takes, sends: takes + added };
  });

/**
 * From here on a batch does not wait for more: some hundred spans, where the cost of a request is no longer seen. For each
 * request that joins a batch the Collector measures all of it again, so that larger ones cost more than they save.
 */
export const worthSending = inBytes("64 KiB");

/** Batches of an exporter that sends so many MiB at most. */
export const batchUpTo = (mebibytes: number) =>
  ({ sizer: "bytes", min: worthSending, max: mebibytes * inBytes("1 MiB") }) as const;
