import { createServer, type Server } from "node:http";
import { loginHeaders, storesUser } from "../../support/login";
import type { AddressInfo } from "node:net";
import { services } from "../../../cli/verify/canary";
import type { Targets } from "../../../cli/verify";
import { otlpSink, type ReceivedLog, type ReceivedSpan, type Reply } from "../../support/otlp-sink";

/** Samples of a counter: time and value. */
type Samples = readonly (readonly [number, string])[];

export interface Counters {
  readonly before: Samples;
  /** Added after the canary, to series of what was seen. */
  readonly seen: Samples;
  /** Added to the others. */
  readonly unseen: Samples;
}

const sevenThenEight: Counters = {
  before: [
    [100, "7"],
    [105, "7"],
  ],
  seen: [[110, "8"]],
  unseen: [[110, "7"]],
};

/** How a fake stack differs from one that works. */
export interface Faults {
  /** What Jaeger has of the spans. @default - all of them */
  readonly spans?: (spans: readonly ReceivedSpan[]) => readonly ReceivedSpan[];
  readonly logs?: (logs: readonly ReceivedLog[]) => readonly ReceivedLog[];
  /** @default - an exemplar of the trace */
  readonly exemplars?: readonly string[];
  /** Pairs that service_graph saw. @default - both edges */
  readonly edges?: readonly (readonly [client: string, server: string])[];
  /** Services that span_metrics saw. @default - all of them */
  readonly calls?: readonly string[];
  /** What counters show. @default - 7 again and again, and 8 with the canary */
  readonly counters?: Counters;
  readonly metric?: number;
  readonly sampling?: unknown;
  /** Lines of the Collector's own metrics. @default - nothing is wrong */
  readonly trouble?: readonly { readonly metric: Record<string, string>; readonly value: string }[];
  readonly otlp?: (n: number) => Reply;
  readonly grafanaDatabase?: string;
}

export interface FakeStack {
  readonly targets: Required<Targets>;
  /** Addresses that were asked, with their query. */
  readonly asked: URL[];
  readonly authorizations: readonly (string | undefined)[];
  close(): Promise<void>;
}

const password = "not-a-secret";

/** An answer with a line of JSON for each thing. */
class Lines {
  readonly text: string;
  constructor(lines: readonly unknown[]) {
    this.text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  }
}

/** A Collector, Jaeger, Prometheus, stores of logs and Grafana that answer as the real ones do, from what was sent to them. */
export async function fakeStack(faults: Faults = {}): Promise<FakeStack> {
  const sink = await otlpSink(faults.otlp);
  const asked: URL[] = [];
  const { spans = (all) => all, logs = (all) => all, calls = services } = faults;
  const { edges = services.slice(1).map((server, i) => [services[i]!, server] as const) } = faults;
  const traceId = () => sink.spans[0]?.traceId ?? "";
  const point = (metric: Record<string, string>, value: string) => ({ metric, value: [0, value] });
  const { before, seen, unseen } = faults.counters ?? sevenThenEight;
  const counter = (metric: Record<string, string>, isSeen: boolean) => {
    const after = isSeen ? seen : unseen;
    return { metric, values: sink.spans.length === 0 ? before : [...before, ...after] };
  };
  const written = (series: readonly { values: Samples }[]) => series.filter(({ values }) => values.length > 0);

  const prometheus = (query: string): unknown => {
    if (query.includes("otelcol_")) return (faults.trouble ?? []).map(({ metric, value }) => point(metric, value));
    if (query.includes("calls_total")) {
      return written(services.map((name) => counter({ service_name: name }, calls.includes(name))));
    }
    if (query.includes("service_graph")) {
      const isSeen = (pair: readonly string[]) => edges.some((edge) => edge[0] === pair[0] && edge[1] === pair[1]);
      const pairs = services.slice(1).map((server, i) => [services[i]!, server] as const);
      return written(pairs.map(([client, server]) => counter({ client, server }, isSeen([client, server]))));
    }
    const values = sink.metrics.flatMap((metric) => metric.values);
    return [
      { metric: {}, values: (faults.metric === undefined ? values : [faults.metric]).map((v) => [0, String(v)]) },
    ];
  };

  const answer = (path: string, query: URLSearchParams): unknown => {
    const [, proxied = path] = /^\/api\/datasources\/proxy\/uid\/[a-z]+(\/.*)$/.exec(path) ?? [];
    if (proxied === "/api/health") return { database: faults.grafanaDatabase ?? "ok", version: "13.2.3" };
    if (proxied === "/api/sampling") {
      return faults.sampling ?? { strategyType: 0, probabilisticSampling: { samplingRate: 0.1 } };
    }
    if (proxied === "/api/v1/query") return { status: "success", data: { result: prometheus(query.get("query")!) } };
    if (proxied === "/api/v1/query_exemplars") {
      const ids = faults.exemplars ?? [traceId()];
      return { status: "success", data: [{ exemplars: ids.map((id) => ({ labels: { trace_id: id } })) }] };
    }
    if (proxied === "/loki/api/v1/query_range") {
      const lines = logs(sink.logs).map((log) => ({
        stream: { service_name: log.service, trace_id: log.traceId, span_id: log.spanId },
        values: [["0", log.body]],
      }));
      return { status: "success", data: { result: lines } };
    }
    if (proxied === "/select/logsql/query") {
      return new Lines(logs(sink.logs).map((log) => ({ _msg: log.body, trace_id: log.traceId, span_id: log.spanId })));
    }
    const stored = proxied === `/api/v3/traces/${traceId()}` ? spans(sink.spans) : [];
    return stored.length === 0 ? undefined : { result: { resourceSpans: stored.map(inJson) } };
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://fake");
    asked.push(url);
    const isGrafana = url.pathname.startsWith("/api/datasources");
    const basic = `Basic ${Buffer.from(`admin:${password}`).toString("base64")}`;
    const shown = request.headers.authorization;
    const body = answer(url.pathname, url.searchParams);
    const isOpen = isGrafana
      ? shown === basic
      : shown === loginHeaders.authorization || url.pathname === "/api/sampling";
    if (!isOpen && url.pathname !== "/api/health") response.writeHead(401).end("who are you");
    else if (body === undefined) response.writeHead(404).end("not here");
    else
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(body instanceof Lines ? body.text : JSON.stringify(body));
  });
  const url = await listening(server);
  return {
    asked,
    authorizations: sink.authorizations,
    targets: {
      otlpHttp: sink.url,
      jaeger: url,
      sampling: url,
      prometheus: url,
      logs: { kind: "victorialogs", url },
      stores: storesUser,
      grafana: { url, user: "admin", password },
      token: "letmein",
    },
    close: async () => {
      await sink.close();
      await new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      });
    },
  };
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const inJson = ({ service, spanId, parentSpanId, name }: ReceivedSpan) => ({
  resource: { attributes: [{ key: "service.name", value: { stringValue: service } }] },
  scopeSpans: [{ spans: [{ spanId, ...(parentSpanId !== "" && { parentSpanId }), name }] }],
});
