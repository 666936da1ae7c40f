import {
  bearerTokenAuth,
  otlp,
  otlpGrpc,
  otlpHttp,
  serviceGraph,
  spanMetrics,
  type QueueOptions,
} from "../components/collector/parts";
import type { Pipelines } from "../components/collector/pipeline";
import type { Endpoint } from "../components/core/platform";
import type { Secret } from "../components/core/workload";
import { countTruncated, fitStorage } from "../components/jaeger/fit";
import type { TraceStorage } from "../components/storage/storage";
import type { Settings } from "../configs/schema";

/** Where the pipelines end. */
export interface Backends {
  readonly jaeger: { readonly "otlp-grpc": Endpoint };
  readonly prometheus: { readonly http: Endpoint };
  readonly loki: { readonly http: Endpoint };
}

/**
 * One Collector that is agent, gateway and exporter at once and keeps every span: metrics are made from spans before
 * anything else could lose them, and each hop waits on disk for the next one.
 */
export function everything(
  { durability, queueSize, ports }: Settings,
  { limits }: TraceStorage,
  { jaeger, prometheus, loki }: Backends,
  token?: Secret,
): Pipelines {
  const receiver = otlp({
    reach: "outside",
    outside: { grpc: ports.otlpGrpc, http: ports.otlpHttp },
    ...(token && { auth: bearerTokenAuth({ token }) }),
  });
  const queue: QueueOptions = { durability, disk: queueSize };
  // One Collector writes each series, so its id would only begin new ones at each restart.
  const measured = spanMetrics({ dimensions: ["http.route", "http.request.method"], collectorInstanceId: false });
  const graph = serviceGraph();
  const truncated = countTruncated();
  return {
    traces: {
      receivers: [receiver],
      processors: limits ? [fitStorage(limits)] : [],
      exporters: [measured, graph, truncated, otlpGrpc({ name: "jaeger", to: jaeger["otlp-grpc"], queue })],
    },
    metrics: {
      receivers: [receiver, measured, graph, truncated],
      exporters: [otlpHttp({ name: "prometheus", to: prometheus.http, path: "/api/v1/otlp", queue })],
    },
    logs: {
      receivers: [receiver],
      exporters: [otlpHttp({ name: "loki", to: loki.http, path: "/otlp", queue })],
    },
  };
}
