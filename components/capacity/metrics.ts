import { httpBuckets } from "../collector/connectors/buckets";
import { inSeconds } from "../core/units";
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
  readonly samplesPerSecond: number;
  readonly disk: number;
  readonly memory: number;
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

/** Every gateway and sampler counts for itself, so series grow with their number. */
export function metrics(demand: CompleteDemand, hops: readonly Pick<Hop, "name" | "replicas">[]): MetricsPlan {
  const count = (name: Hop["name"]) => hops.find((hop) => hop.name === name)?.replicas ?? 1;
  const spanSeries = demand.endpoints * demand.spanNamesPerEndpoint * statuses * seriesPerSpanName * count("gateway");
  const graphSeries = demand.services * calls * seriesPerEdge * count("sampler");
  const series = spanSeries + graphSeries;
  const samplesPerSecond = series / figures.flushSeconds.value;
  return {
    spanSeries,
    graphSeries,
    samplesPerSecond,
    disk: whole(samplesPerSecond * figures.bytesPerSample.value * inSeconds(demand.metricsRetention)),
    memory: memoryLimit(series * figures.bytesPerSeries.value),
    cpu: series * figures.cpuPerSeries.value,
  };
}
