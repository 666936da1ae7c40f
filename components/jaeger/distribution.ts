import type { Distribution, Section } from "../collector/config";
import type { Problem } from "../core/problems";
import { atLeast, type Version } from "../core/version";

/** Oldest Jaeger this library writes configuration for. */
export const floor: Version = "2.13.0";

/** Collector inside each Jaeger. Source: go.opentelemetry.io/collector in Jaeger's go.mod at each tag. */
const collectors: readonly { readonly jaeger: Version; readonly collector: Version }[] = [
  { jaeger: "2.13.0", collector: "0.140.0" },
  { jaeger: "2.14.0", collector: "0.142.0" },
  { jaeger: "2.15.0", collector: "0.145.0" },
  { jaeger: "2.16.0", collector: "0.147.0" },
  { jaeger: "2.17.0", collector: "0.148.0" },
  { jaeger: "2.18.0", collector: "0.152.0" },
  { jaeger: "2.19.0", collector: "0.153.0" },
  { jaeger: "2.20.0", collector: "0.155.0" },
];

/** Parts compiled into Jaeger, under their old names and their new. Source: components.go in cmd/jaeger/internal. */
const parts: Readonly<Record<Section, readonly string[]>> = {
  receivers: ["otlp", "nop", "jaeger", "kafka", "zipkin"],
  processors: ["batch", "memory_limiter", "tail_sampling", "attributes", "filter", "adaptive_sampling"],
  exporters: [
    "jaeger_storage_exporter",
    "kafka",
    "prometheus",
    "debug",
    "nop",
    "otlp",
    "otlp_grpc",
    "otlphttp",
    "otlp_http",
  ],
  connectors: ["forward", "spanmetrics", "span_metrics"],
  extensions: [
    "jaeger_storage",
    "jaeger_query",
    "remote_sampling",
    "remote_storage",
    "healthcheckv2",
    "expvar",
    "pprof",
    "zpages",
    "basicauth",
    "sigv4auth",
  ],
};

/**
 * A Jaeger, seen as a Collector. A version between two rows, or newer than the last, is taken to hold the Collector of
 * the row before it: names known there are still known later.
 */
export function jaegerDistribution(jaeger: Version): Distribution {
  const row = collectors.findLast((row) => atLeast(jaeger, row.jaeger)) ?? collectors[0]!;
  return { name: `jaeger ${jaeger}`, collector: row.collector, parts };
}

/** What is wrong with a Jaeger of this version. */
export const tooOld = (jaeger: Version): Problem[] =>
  atLeast(jaeger, floor)
    ? []
    : [{ path: "version", value: jaeger, reason: `older than Jaeger ${floor}`, remedy: `use ${floor} or newer` }];
