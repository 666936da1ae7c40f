import type { Config } from "../../core/config";
import type { Problem } from "../../core/problems";
import { goDuration, inMilliseconds, type Duration } from "../../core/units";
import * as check from "../checks";
import type { Connector } from "../part";
import { httpBuckets } from "./buckets";

/** A span attribute that becomes a label; spans without it get `otherwise`, or no such label. */
export type Dimension = string | { readonly name: string; readonly otherwise?: string };

export interface SpanMetricsOptions {
  /** Tells several of them apart. @default - the type alone */
  readonly name?: string;
  /** Labels besides service, span name, kind and status. Each value of each multiplies the series. @default - none */
  readonly dimensions?: readonly Dimension[];
  /** Labels that are left out. @default - none */
  readonly excludeDimensions?: readonly string[];
  /**
   * Adds `collector.instance.id`, another one at each start. Several Collectors that measure the same services need it,
   * or they overwrite each other's counts; for a single one it only makes new series at each restart.
   *
   * @default true
   */
  readonly collectorInstanceId?: boolean;
  /** @default - those of HTTP instrumentation, 5 ms to 10 s */
  readonly buckets?: readonly [Duration, ...Duration[]] | { readonly exponential: { readonly maxSize: number } };
  /** @default "ms" */
  readonly unit?: "ms" | "s";
  /** Trace ids beside measured values, at most five each time. @default true */
  readonly exemplars?: boolean;
  /** @default "15s", how often Prometheus usually looks */
  readonly flushInterval?: Duration;
  /** A service without spans for this long ends, with all its series. @default - never */
  readonly expiration?: Duration;
  /** A series without spans for this long ends. @default - never */
  readonly seriesExpiration?: Duration;
  /**
   * Resource attributes that tell series apart; others are taken from the first span. Process ids and the like would
   * begin new series at each restart of a service.
   *
   * @default - name and namespace of the service, and the deployment environment
   */
  readonly resourceKeys?: readonly [string, ...string[]];
  /**
   * Series of one service (of one set of `resourceKeys`), after which the rest is counted together, in a series with
   * `otel.metric.overflow` alone. Calls and durations are counted each for themselves.
   *
   * @default - no limit
   */
  readonly cardinalityLimit?: number;
  /** Services; those that sent nothing for longest make room, and count from zero when they come back. @default 1_000 */
  readonly services?: number;
  /** Puts the attributes of the resource beside its series, so that those of `otel.metric.overflow` say whose they are. @default false */
  readonly resourceAttributes?: boolean;
}

/**
 * Counts spans and measures how long they took: `traces.span.metrics.calls` and `.duration`. It belongs before any
 * sampling.
 *
 * Source: connector/spanmetricsconnector of the Collector's contrib repository.
 */
export const spanMetrics = ({
  name,
  dimensions = [],
  excludeDimensions = [],
  collectorInstanceId = true,
  buckets = httpBuckets,
  unit = "ms",
  exemplars = true,
  flushInterval = "15s",
  expiration,
  seriesExpiration,
  resourceKeys = ["service.name", "service.namespace", "deployment.environment.name"],
  cardinalityLimit,
  services,
  resourceAttributes = false,
}: SpanMetricsOptions = {}): Connector<"traces", "metrics"> => {
  const excluded = [...excludeDimensions, ...(collectorInstanceId ? [] : ["collector.instance.id"])];
  return {
    role: "connector",
    type: "span_metrics",
    formerly: { type: "spanmetrics", before: "0.151.0" },
    ...(name !== undefined && { name }),
    accepts: { traces: true },
    emits: { metrics: true },
    config: {
      histogram: {
        unit,
        ...("exponential" in buckets
          ? { exponential: { max_size: buckets.exponential.maxSize } }
          : { explicit: { buckets: buckets.map(goDuration) } }),
      },
      ...(dimensions.length > 0 && { dimensions: dimensions.map(dimension) }),
      ...(excluded.length > 0 && { exclude_dimensions: excluded }),
      resource_metrics_key_attributes: resourceKeys,
      exemplars: { enabled: exemplars },
      metrics_flush_interval: goDuration(flushInterval),
      ...(expiration && { metrics_expiration: goDuration(expiration) }),
      ...(seriesExpiration && { series_expiration: goDuration(seriesExpiration) }),
      ...(cardinalityLimit !== undefined && { aggregation_cardinality_limit: cardinalityLimit }),
      ...(services !== undefined && { resource_metrics_cache_size: services }),
      ...(resourceAttributes && { add_resource_attributes: true }),
    },
    problems: [
      ...("exponential" in buckets
        ? check.count("buckets.exponential.maxSize", buckets.exponential.maxSize)
        : rising(buckets)),
      ...check.duration("flushInterval", flushInterval),
      ...check.duration("expiration", expiration),
      ...check.duration("seriesExpiration", seriesExpiration),
      ...check.count("cardinalityLimit", cardinalityLimit),
      ...check.count("services", services),
      ...builtIn(dimensions),
    ],
  };
};

const dimension = (wanted: Dimension): Config =>
  typeof wanted === "string"
    ? { name: wanted }
    : { name: wanted.name, ...(wanted.otherwise !== undefined && { default: wanted.otherwise }) };

/** Bounds have to rise: the Collector takes others, and its histograms are then wrong. */
export const rising = (buckets: readonly Duration[]): Problem[] =>
  check.unless(
    buckets.every((bucket, i) => inMilliseconds(bucket) > inMilliseconds(buckets[i - 1] ?? "0s")),
    {
      path: "buckets",
      value: buckets,
      reason: "not durations in rising order",
      remedy: 'write them as "5ms", "10ms", "1s"',
    },
  );

const always = ["service.name", "span.name", "span.kind", "status.code", "collector.instance.id"];

const builtIn = (dimensions: readonly Dimension[]): Problem[] =>
  dimensions
    .map((wanted) => (typeof wanted === "string" ? wanted : wanted.name))
    .filter((wanted) => always.includes(wanted))
    .map((wanted) => ({
      path: "dimensions",
      value: wanted,
      reason: "this label is always present",
      remedy: "remove it",
    }));
