import { httpBuckets } from "../collector/connectors/buckets";
import { inBytes, inSeconds, type Size } from "../core/units";
import type { CompleteDemand } from "./demand";
import { figures } from "./figures";
import type { Hop } from "./hops";
import { memoryLimit } from "./memory";
import { whole } from "./whole";

/** Series and what Prometheus needs for them. */
export interface MetricsPlan {
  /** From spans: counts and durations by service, span name, kind and status. */
  readonly spanSeries: number;
  /** From calls between services. */
  readonly graphSeries: number;
  /** Metrics that services send themselves. */
  readonly ownSeries: number;
  readonly samplesPerSecond: number;
  readonly disk: number;
  readonly memory: number;
  /** Series that this memory has room for. */
  readonly room: number;
  /** Edges of the service graph, all samplers together, that it has room for. */
  readonly edgeRoom: number;
  readonly cpu: number;
}

/** Buckets and the one without a bound, sum, count. */
const histogram = httpBuckets.length + 3;
/** Of one span name and status: a histogram and `calls`. */
export const seriesPerSpanName = histogram + 1;
/** Statuses that occur: unset, and error. */
const statuses = 2;
/** Of one edge: requests, failed requests, and a histogram from either end. */
const seriesPerEdge = 2 + 2 * histogram;
/** Assumed: services that one service calls. */
const calls = 2;

/** Share of the series of a Prometheus that edges of the service graph may be. */
const shareForEdges = 1 / 4;

/** Series that a Prometheus of so much memory has room for, with the usual reserve. */
export const seriesFor = (memory: Size): number => roomIn(inBytes(memory));

/** Edges of the service graph, counted in each sampler, that a Prometheus of so much memory has room for. */
export const edgesFor = (memory: Size): number => edgesIn(inBytes(memory));

const roomIn = (bytes: number): number =>
  Math.max(
    0,
    Math.floor((bytes * figures.memoryInUse.value - figures.prometheusMemory.value) / figures.prometheusSeries.value),
  );
const edgesIn = (bytes: number): number => Math.floor((roomIn(bytes) * shareForEdges) / seriesPerEdge);

/** Every gateway and sampler counts for itself, so series grow with their number. */
export function metrics(demand: CompleteDemand, hops: readonly Pick<Hop, "name" | "replicas">[]): MetricsPlan {
  const count = (name: Hop["name"]) => hops.find((hop) => hop.name === name)?.replicas ?? 1;
  const spanSeries = demand.endpoints * demand.spanNamesPerEndpoint * statuses * seriesPerSpanName * count("gateway");
  const graphSeries = demand.services * calls * seriesPerEdge * count("sampler");
  const ownSeries = demand.services * figures.seriesOfService.value;
  const series = spanSeries + graphSeries + ownSeries;
  const samplesPerSecond =
    (spanSeries + graphSeries) / figures.flushSeconds.value + ownSeries / figures.exportSeconds.value;
  const memory = memoryLimit(series * figures.bytesPerSeries.value);
  return {
    spanSeries,
    graphSeries,
    ownSeries,
    samplesPerSecond,
    disk: whole(samplesPerSecond * figures.bytesPerSample.value * inSeconds(demand.metricsRetention)),
    memory,
    room: roomIn(memory),
    edgeRoom: edgesIn(memory),
    cpu: series * figures.cpuPerSeries.value,
  };
}
