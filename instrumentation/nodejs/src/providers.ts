import { logs, metrics, trace } from "@opentelemetry/api";
import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-proto";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { BatchLogRecordProcessor, LoggerProvider } from "@opentelemetry/sdk-logs";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { isMainThread } from "node:worker_threads";
import { Redacting } from "./redact";
import { resourceOf } from "./resource";
import { samplerOf } from "./sampler";
import type { Service } from "./service";

/** What spans, points and lines are handed to; each sends what it still has when told to. */
export interface Provider {
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

export interface Running {
  readonly serviceName: string;
  /** @default - traces are off */
  readonly sampler: string | undefined;
  readonly signals: readonly ("traces" | "metrics" | "logs")[];
  readonly providers: readonly Provider[];
}

/**
 * Registers a provider for each signal that is not switched off by `OTEL_<SIGNAL>_EXPORTER=none`. Traces and metrics are
 * on by default. Log lines are not sent by default: they are on the service's standard output already, with the ids of
 * their trace, and whoever reads that would have each of them twice.
 */
export function providers(service: Service, env: NodeJS.ProcessEnv): Running {
  const resource = resourceOf(service, env);
  const isOn = (signal: string, otherwise: string) => (env[`OTEL_${signal}_EXPORTER`] ?? otherwise) !== "none";
  const meters = isOn("METRICS", "otlp") && isMainThread ? meterProvider(resource, env) : undefined;
  // One that asks for strategies goes on asking: without traces there is none.
  const sampler = isOn("TRACES", "otlp") ? samplerOf(env, String(resource.attributes["service.name"])) : undefined;
  const tracers = sampler
    ? new TracerProvider({
        resource,
        sampler,
        spanProcessors: [
          new Redacting(
            new BatchSpanProcessor({
              exporter: new OTLPTraceExporter(),
              maxQueueSize: number(env, "OTEL_BSP_MAX_QUEUE_SIZE", 4_096),
              maxExportBatchSize: number(env, "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", 512),
              // A worker may be ended from outside at any time, without a last word.
              scheduledDelayMillis: number(env, "OTEL_BSP_SCHEDULE_DELAY", isMainThread ? 1_000 : 100),
            }),
          ),
        ],
      })
    : undefined;
  const loggers = isOn("LOGS", "none")
    ? new LoggerProvider({ resource, processors: [new BatchLogRecordProcessor({ exporter: new OTLPLogExporter() })] })
    : undefined;
  if (meters) metrics.setGlobalMeterProvider(meters);
  if (tracers) trace.setGlobalTracerProvider(tracers);
  if (loggers) logs.setGlobalLoggerProvider(loggers);
  return {
    serviceName: String(resource.attributes["service.name"]),
    sampler: sampler && String(sampler),
    signals: [
      ...(tracers ? ["traces" as const] : []),
      ...(meters ? ["metrics" as const] : []),
      ...(loggers ? ["logs" as const] : []),
    ],
    providers: [tracers, meters, loggers].filter((provider) => provider !== undefined),
  };
}

const meterProvider = (resource: ReturnType<typeof resourceOf>, env: NodeJS.ProcessEnv) =>
  new MeterProvider({
    resource,
    readers: [
      new PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter(),
        exportIntervalMillis: number(env, "OTEL_METRIC_EXPORT_INTERVAL", 60_000),
        exportTimeoutMillis: number(env, "OTEL_METRIC_EXPORT_TIMEOUT", 30_000),
      }),
    ],
  });

/** A setting that is no number above zero is none. */
function number(env: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const given = Number(env[name]);
  return given > 0 ? given : otherwise;
}
