import { inBytes, type Duration, type Size } from "../core/units";

/** How much a Collector keeps for names that senders choose, and for traces that they do not end. */
export interface Budgets {
  /** Series of span metrics that one service may have. */
  readonly seriesPerService: number;
  /** Services with series. */
  readonly services: number;
  /** Ends of calls that wait for their other end. */
  readonly waitingCalls: number;
  /** Edges of the service graph, which nothing limits: an alert counts them. */
  readonly edges: number;
  /** One trace that waits for its decision. */
  readonly traceSize: Size;
}

/**
 * Bytes of memory for a series of span metrics, calls and durations together, while all of them are being sent: they are
 * there twice then, and once more in the exporter's queue.
 *
 * Source: Collector 0.158, most memory of the process with a limit of 1,000, 31,000 and 61,000 series, garbage collected
 * early (GOMEMLIMIT): 62, 346 and 631 MiB, which is 9.9 KB for each series in both steps.
 */
export const bytesPerSeries = 9_900;
/**
 * Bytes of an end of a call that waits.
 *
 * Source: Collector 0.158, connector/servicegraphconnector: an edge with two maps, a key and a list element.
 */
export const bytesPerWaitingCall = 1_024;

/**
 * Bytes of an edge of the service graph while all of them are being sent.
 *
 * Source: Collector 0.158, most memory of the process with 500 and 60,000 databases, each an edge of its own: 54 and
 * 727 MiB, which is 11.9 KB for each.
 */
export const bytesPerEdge = 12_000;

/** Share of a Collector's memory that series of span metrics may take. */
export const shareForSeries = 1 / 4;
/** Services that may be at their limit at once. */
export const servicesAtLimit = 8;
/** Series that a usual service has at least: what decides how many services there is room for. */
const usualSeries = 20;
/** Share of a Collector's memory that ends of calls may take. */
export const shareForCalls = 1 / 8;
/** Share of a Collector's memory at which the service graph is too large. */
export const shareForEdges = 1 / 8;
/** Share of a Collector's memory that one trace may take in OTLP: in memory it is three times that, and again when it is sent. */
export const shareForOneTrace = 1 / 32;

/** Bytes of a usual trace while it waits for its decision: 20 spans of a kibibyte. */
export const bytesPerTrace = 20 * 1024;
/** Times that one trace is in memory, in OTLP, when it is decided. */
export const copiesOfOneTrace = 3;

/** Share of a process's memory that all it keeps may take: above it the memory limiter refuses whatever comes. */
export const shareForState = 0.8;

/** Memory of a Collector, in bytes, that keeps so many traces and calls that wait, beside what is a share of its memory. */
export function memoryForWaiting(traces: number, calls: number, makesMetrics: boolean): number {
  const shares = shareForEdges + shareForOneTrace * copiesOfOneTrace + (makesMetrics ? shareForSeries : 0);
  return (traces * bytesPerTrace + calls * bytesPerWaitingCall) / (shareForState - shares);
}

/** How long a name that nobody sends any more is kept. With what is sent each 15 s, a flood is forgotten within 5 minutes. */
export const forgottenAfter: Duration = "4m";

/**
 * Ends of calls that wait for their other end: each up to 12 s, and five of each trace, its root, which nobody called, and
 * calls of what sends no spans itself.
 */
export const waitingCalls = (tracesPerSecond: number): number => 5 * 12 * tracesPerSecond;

/** Memory of a Collector in which ends of so many calls may wait, in bytes. */
export const memoryForCalls = (calls: number): number => (calls * bytesPerWaitingCall) / shareForCalls;

/** Memory of a Collector that has so many series for each of the services that may be at their limit, in bytes. */
export const memoryForSeries = (perService: number): number =>
  (perService * servicesAtLimit * bytesPerSeries) / shareForSeries;

/** What fits into a Collector of so much memory. */
export function budgets(memory: Size): Budgets {
  const bytes = inBytes(memory);
  const series = (bytes * shareForSeries) / bytesPerSeries;
  return {
    seriesPerService: Math.floor(series / servicesAtLimit),
    services: Math.floor(series / usualSeries),
    waitingCalls: Math.floor((bytes * shareForCalls) / bytesPerWaitingCall),
    edges: Math.floor((bytes * shareForEdges) / bytesPerEdge),
    traceSize: `${Math.floor((bytes * shareForOneTrace) / 1024)} KiB`,
  };
}
