import { external } from "../../components/core/platform";
import type { Secret, Workload } from "../../components/core/workload";
import {
  attributes,
  basicAuth,
  bearerTokenAuth,
  count,
  debug,
  file,
  fileLog,
  filter,
  forward,
  hostMetrics,
  jaegerReceiver,
  jaegerRemoteSampling,
  k8sAttributes,
  kafka,
  kafkaReceiver,
  kubeletStats,
  loadBalancing,
  nop,
  otlp,
  otlpGrpc,
  otlpHttp,
  probabilisticSampler,
  prometheusExporter,
  prometheusReceiver,
  prometheusRemoteWrite,
  redaction,
  resource,
  resourceDetection,
  serviceGraph,
  spanMetrics,
  tailSampling,
  transform,
  zipkin,
  zpages,
} from "../../components/collector/parts";
import { otelCollector } from "../../components/collector/workload";
import { everyPolicy } from "./tail-policies";

const at = (address: string) => ({ ...external(address), of: { workload: "neighbour", port: "any" } });
const secret = (value: string): Secret => ({ secret: value });

/** On every node: adds who and where, watches the machine, sends on by trace id. */
function agent(): Workload {
  const sampler = loadBalancing({
    name: "sampler",
    resolver: { kind: "k8s", service: "sampler-headless.tracing" },
    queue: { durability: "disk" },
  });
  const who = [
    k8sAttributes({
      labels: [{ key: "team" }, { keyPattern: "app.kubernetes.io/(.*)", attribute: "app.$1", from: "deployment" }],
      annotations: [{ key: "cost-centre", from: "namespace" }],
      ownNode: true,
    }),
    resourceDetection({ detectors: ["env", "system"] }),
    resource({ attributes: [{ key: "k8s.cluster.name", action: "upsert", value: "sample" }] }),
  ];
  return otelCollector("agent", {
    placement: "every-node",
    extensions: [zpages(), jaegerRemoteSampling({ source: { kind: "jaeger", to: at("jaeger:5779") } })],
    pipelines: {
      traces: { receivers: [otlp(), jaegerReceiver(), zipkin()], processors: who, exporters: [sampler] },
      metrics: {
        receivers: [
          otlp(),
          hostMetrics({ wholeMachine: false, scrapers: ["cpu", "disk", "filesystem", "load", "memory", "network"] }),
          kubeletStats({ groups: ["node", "volume"], verify: true }),
          prometheusReceiver({
            jobs: [
              {
                name: "node",
                targets: [external("localhost:9100")],
                more: {
                  metric_relabel_configs: [
                    { source_labels: ["__name__"], regex: "go_(.*)", target_label: "runtime", replacement: "$1" },
                  ],
                },
              },
            ],
          }),
        ],
        processors: who,
        exporters: [prometheusRemoteWrite({ name: "mimir", to: at("mimir:9009"), externalLabels: { node: "sample" } })],
      },
      logs: {
        receivers: [
          otlp(),
          fileLog({
            folder: "/var/log/pods",
            include: ["/var/log/pods/*/*/*.log"],
            operators: [{ type: "container" }],
          }),
        ],
        processors: who,
        exporters: [otlpHttp({ name: "victorialogs", to: at("victorialogs:9428"), path: "/insert/opentelemetry" })],
      },
    },
  });
}

/** Measures all spans, then keeps some of them. */
function sampler(): Workload {
  const measured = spanMetrics({
    dimensions: ["http.route", { name: "deployment.environment.name", otherwise: "unknown" }],
    expiration: "1h",
    cardinalityLimit: 5_000,
  });
  const graph = serviceGraph({ dimensions: ["http.request.method"], virtualNodePeerAttributes: ["server.address"] });
  const errors = count({
    name: "errors",
    spans: {
      "trace.span.error.count": {
        description: "Spans that failed",
        conditions: ["span.status.code == 2"],
        attributes: [{ key: "http.route", otherwise: "none" }],
      },
    },
  });
  const all = forward({ signal: "traces", name: "all" });
  return otelCollector("sampler", {
    memory: "2 GiB",
    pipelines: {
      traces: {
        receivers: [otlp({ auth: bearerTokenAuth({ tokens: secret("sample-token") }) })],
        processors: [
          filter({ drop: { traces: { span: ['span.attributes["http.route"] == "/health"'], resource: ["false"] } } }),
          transform({
            statements: {
              traces: [
                'replace_pattern(span.attributes["url.path"], "/user/([0-9]+)$", "/user/$1")',
                { conditions: ["span.kind == 2"], statements: ['set(span.attributes["entry"], true)'] },
              ],
            },
          }),
          attributes({
            actions: [
              { key: "tenant", action: "insert", fromContext: "metadata.x-tenant" },
              { key: "user.email", action: "hash" },
              { key: "url.full", action: "extract", pattern: "^https?://(?P<host>[^/]+)/.*$" },
              { key: "http.status_code", action: "convert", to: "int" },
              { key: "copy", action: "upsert", fromAttribute: "tenant" },
              { key: "secret", action: "delete" },
              { pattern: "^internal\\.", action: "delete" },
            ],
          }),
          redaction({
            blockedValues: ["4[0-9]{12}(?:[0-9]{3})?$"],
            blockedKeyPatterns: [".*token.*"],
            hash: { hmac: "sha256", key: secret("sample key of thirty-two characters") },
          }),
        ],
        exporters: [measured, graph, errors, all],
      },
      "traces/kept": {
        receivers: [all],
        processors: [
          tailSampling({
            decisionWait: "10s",
            decisionWaitAfterRoot: "2s",
            maxTraceSize: "8 MiB",
            policies: everyPolicy,
          }),
        ],
        exporters: [
          otlpGrpc({ name: "jaeger", to: at("jaeger:4317"), queue: { durability: "disk-fsync", whenFull: "wait" } }),
        ],
      },
      metrics: {
        receivers: [otlp({ auth: bearerTokenAuth({ tokens: secret("sample-token") }) }), measured, graph, errors],
        processors: [transform({ name: "metrics", statements: { metrics: ['set(metric.description, "")'] } })],
        exporters: [
          otlpHttp({ name: "prometheus", to: at("prometheus:9090"), path: "/api/v1/otlp" }),
          prometheusExporter(),
        ],
      },
    },
  });
}

/** At the edge: samples by trace id, and buffers in Kafka. */
function edge(): Workload {
  const htpasswd = basicAuth({ kind: "server", htpasswd: secret("sample:{SHA}gVEyXc266eD/lfn5ZYQy2+39sgk=") });
  const login = basicAuth({ kind: "client", name: "vendor", username: "sample", password: secret("sample") });
  const measured = spanMetrics({
    name: "exponential",
    collectorInstanceId: false,
    excludeDimensions: ["span.kind"],
    unit: "s",
    buckets: { exponential: { maxSize: 160 } },
    exemplars: false,
  });
  return otelCollector("edge", {
    extensions: [
      jaegerRemoteSampling({
        grpc: true,
        source: {
          kind: "strategies",
          strategies: { default_strategy: { type: "probabilistic", param: 0.5 } },
        },
      }),
    ],
    pipelines: {
      traces: {
        receivers: [
          otlp({ auth: htpasswd }),
          jaegerReceiver({ protocols: ["thrift_http", "thrift_compact", "thrift_binary"] }),
          kafkaReceiver({ name: "older", brokers: [external("kafka-0:9092")], group: "edge" }),
        ],
        processors: [probabilisticSampler({ percentage: 25, hashSeed: 7 }), redaction({ allowedKeys: ["http.route"] })],
        exporters: [
          measured,
          kafka({
            name: "buffer",
            brokers: [external("kafka-0:9092"), external("kafka-1:9092")],
            tls: true,
            sasl: { mechanism: "SCRAM-SHA-512", username: "sample", password: secret("sample") },
            queue: { durability: "disk" },
          }),
          loadBalancing({
            name: "static",
            resolver: { kind: "static", endpoints: [external("sampler-0:4317"), external("sampler-1:4317")] },
            routingKey: "service",
          }),
          loadBalancing({ name: "dns", resolver: { kind: "dns", endpoint: external("samplers:4317") } }),
          otlpHttp({ name: "vendor", to: external("https://otlp.example.com/otlp"), auth: login, compression: "zstd" }),
          otlpGrpc({
            name: "vendor",
            to: external("otlp.example.com:4317"),
            auth: bearerTokenAuth({ name: "vendor", token: secret("sample") }),
          }),
        ],
      },
      metrics: { receivers: [measured], exporters: [nop(), debug({ verbosity: "normal" })] },
      logs: {
        receivers: [otlp({ auth: htpasswd })],
        processors: [
          filter({ drop: { logs: { log: ["log.severity_number < SEVERITY_NUMBER_WARN"] } } }),
          probabilisticSampler({ name: "logs", percentage: 50 }),
        ],
        exporters: [file({ name: "archive", size: "1 GiB", compression: "zstd" }), debug({ verbosity: "normal" })],
      },
    },
  });
}

/** Workloads that together hold every part of the library. */
export const sampleWorkloads = (): readonly Workload[] => [agent(), sampler(), edge()];

/** Variables that the samples' configurations refer to, with values fit for a check. */
export const sampleVariables = (): Record<string, string> => ({
  K8S_NODE_NAME: "sample",
  K8S_NODE_IP: "127.0.0.1",
  ...Object.fromEntries(
    sampleWorkloads().flatMap(({ env = {} }) =>
      Object.entries(env).map(([name, value]) => [name, typeof value === "string" ? value : String(value.secret)]),
    ),
  ),
});

/** Rendered configurations by file name, as text for the real Collector. */
export const sampleConfigs = (): Record<string, string> =>
  Object.fromEntries(
    sampleWorkloads().map(({ name, files = {} }) => {
      const file = files["/etc/otelcol-contrib/config.yaml"];
      return [`${name}.yaml`, file !== undefined && "content" in file ? file.content : ""];
    }),
  );
