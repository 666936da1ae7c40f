import { ROOT_CONTEXT, SpanKind, trace, type Context } from "@opentelemetry/api";
import { SeverityNumber } from "@opentelemetry/api-logs";
import { resourceFromAttributes, type Resource } from "@opentelemetry/resources";
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  SimpleLogRecordProcessor,
  type ReadableLogRecord,
} from "@opentelemetry/sdk-logs";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
  type ResourceMetrics,
} from "@opentelemetry/sdk-metrics";
import {
  AlwaysOnSampler,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
  type ReadableSpan,
} from "@opentelemetry/sdk-trace";
import { canaryServices } from "../../components/sampling/canary";

export const services = canaryServices;
const [shop, orders, payments] = services;

/** A gauge that holds {@link Canary.sentAt}: its value tells one canary from another, and its series stay the same. */
export const metricName = "sightline.canary.sent_at";

/** A request through three services, each span the child of the one before. */
const hops = [
  { service: shop, kind: SpanKind.SERVER, name: "POST /checkout", route: "/checkout" },
  { service: shop, kind: SpanKind.CLIENT, name: "POST", calls: orders },
  { service: orders, kind: SpanKind.SERVER, name: "POST /orders", route: "/orders" },
  { service: orders, kind: SpanKind.CLIENT, name: "POST", calls: payments },
  { service: payments, kind: SpanKind.SERVER, name: "POST /payments", route: "/payments" },
];

/** Time that each hop adds before and after the next one, in milliseconds. */
const step = 5;

/** A span as it must be found again. */
export interface SentSpan {
  readonly spanId: string;
  /** Empty for the first span of a trace. */
  readonly parentSpanId: string;
  readonly service: string;
  readonly name: string;
}

/** One request as its services would report it: a trace, a log line inside its last span, a metric. */
export interface Canary {
  readonly traceId: string;
  /** When it was made, in milliseconds since 1970. */
  readonly sentAt: number;
  readonly spans: readonly SentSpan[];
  /** Span and service that wrote the log line. */
  readonly log: { readonly spanId: string; readonly service: string };
  /** What the exporters of an SDK send. */
  readonly telemetry: {
    readonly spans: ReadableSpan[];
    readonly logs: ReadableLogRecord[];
    readonly metrics: ResourceMetrics;
  };
}

/** Makes a canary with the SDK that services use. All ids are random. */
export async function makeCanary(): Promise<Canary> {
  const sentAt = Date.now();
  const spans = request(sentAt);
  const sent = spans.map(asSent);
  const last = sent.at(-1)!;
  const traceId = spans[0]!.spanContext().traceId;
  return {
    traceId,
    sentAt,
    spans: sent,
    log: { spanId: last.spanId, service: last.service },
    telemetry: { spans, logs: logLine(spans.at(-1)!), metrics: await metric(sentAt) },
  };
}

const resourceOf = (service: string): Resource =>
  resourceFromAttributes({ "service.name": service, "service.version": "1.0.0", "telemetry.sdk.language": "nodejs" });

function request(sentAt: number): ReadableSpan[] {
  const finished = new InMemorySpanExporter();
  let parent: Context = ROOT_CONTEXT;
  for (const [depth, hop] of hops.entries()) {
    const provider = new TracerProvider({
      resource: resourceOf(hop.service),
      // A sampler set in this machine's environment must not drop a canary.
      sampler: new AlwaysOnSampler(),
      spanProcessors: [new SimpleSpanProcessor({ exporter: finished })],
    });
    const span = provider.getTracer("sightline-canary").startSpan(
      hop.name,
      {
        kind: hop.kind,
        startTime: sentAt - step * (2 * hops.length - depth),
        attributes: {
          "http.request.method": "POST",
          "http.response.status_code": 200,
          ...(hop.route !== undefined && { "http.route": hop.route, "url.path": hop.route, "url.scheme": "http" }),
          ...(hop.calls !== undefined && { "server.address": hop.calls, "server.port": 80 }),
        },
      },
      parent,
    );
    span.end(sentAt - step * depth);
    parent = trace.setSpan(ROOT_CONTEXT, span);
  }
  return finished.getFinishedSpans();
}

const asSent = (span: ReadableSpan): SentSpan => ({
  spanId: span.spanContext().spanId,
  parentSpanId: span.parentSpanContext?.spanId ?? "",
  service: String(span.resource.attributes["service.name"]),
  name: span.name,
});

function logLine(span: ReadableSpan): ReadableLogRecord[] {
  const written = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({
    resource: span.resource,
    processors: [new SimpleLogRecordProcessor({ exporter: written })],
  });
  provider.getLogger("sightline-canary").emit({
    severityNumber: SeverityNumber.INFO,
    severityText: "INFO",
    body: "canary: payment taken",
    context: trace.setSpanContext(ROOT_CONTEXT, span.spanContext()),
  });
  return written.getFinishedLogRecords();
}

async function metric(sentAt: number): Promise<ResourceMetrics> {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const provider = new MeterProvider({
    resource: resourceOf(shop),
    readers: [new PeriodicExportingMetricReader({ exporter })],
  });
  const description = "When the newest canary was sent, in milliseconds since 1970";
  provider.getMeter("sightline-canary").createGauge(metricName, { description }).record(sentAt);
  await provider.forceFlush();
  const [collected] = exporter.getMetrics();
  await provider.shutdown();
  return collected!;
}
