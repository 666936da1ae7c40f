import assert from "node:assert/strict";
import { external, type Endpoint } from "../../components/core/platform";
import { jaegerConfig, type JaegerConfigArgs } from "../../components/jaeger/config";
import type { TraceStorage } from "../../components/storage/storage";
import { testLogin } from "../support/login";
import { badger } from "../../components/storage/backends/badger";

const prometheus: Endpoint = { host: "prometheus", port: 9090, of: { workload: "prometheus", port: "http" } };
const args: JaegerConfigArgs = {
  name: "jaeger",
  version: "2.20.0",
  role: "all",
  storage: badger({ size: "20 GiB" }),
  memory: "1 GiB",
};
const networked: TraceStorage = { kind: "opensearch", config: { server_urls: ["http://os:9200"] }, shared: true };

/** One part of a configuration, by its path. */
const at = (config: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], config);

describe("jaegerConfig", () => {
  it("asks senders and readers who they are, tells everybody how to sample, and says to Prometheus who it is", () => {
    const { config, needs, problems } = jaegerConfig({
      ...args,
      metrics: { ...prometheus, login: testLogin },
      login: testLogin,
    });
    const asks = { authenticator: "basicauth/stack" };
    const authAt = (...path: string[]) => (at(config, ...path) as { auth?: unknown }).auth;
    assert.deepEqual(authAt("receivers", "otlp", "protocols", "grpc"), asks);
    assert.deepEqual(authAt("receivers", "otlp", "protocols", "http"), asks);
    assert.deepEqual(authAt("extensions", "jaeger_query", "http"), asks);
    assert.deepEqual(authAt("extensions", "jaeger_query", "grpc"), asks);
    assert.equal(authAt("extensions", "remote_sampling", "http"), undefined);
    assert.deepEqual(authAt("extensions", "jaeger_storage", "metric_backends", "metrics", "prometheus"), {
      authenticator: "basicauth/prometheus",
    });
    assert.deepEqual(at(config, "extensions", "basicauth/stack"), {
      htpasswd: { inline: "sightline:${env:BASIC_AUTH_STACK_PASSWORD}" },
    });
    assert.deepEqual(needs.env["BASIC_AUTH_STACK_PASSWORD"], testLogin.password);
    const asking = Object.entries(needs.ports).filter(([, port]) => port.asks);
    assert.deepEqual(asking.map(([name]) => name).sort(), ["otlp-grpc", "otlp-http", "query", "query-grpc"]);
    assert.deepEqual(problems, []);
  });

  it("makes one process that receives, stores, answers and tells SDKs how to sample", () => {
    const { config, problems } = jaegerConfig({ ...args, metrics: prometheus });
    const { telemetry, ...service } = at(config, "service") as Record<string, unknown>;
    assert.deepEqual(
      { ...config, service },
      {
        extensions: {
          healthcheckv2: { use_v2: true, http: { endpoint: "0.0.0.0:13133" } },
          jaeger_storage: {
            backends: {
              traces: {
                badger: {
                  ephemeral: false,
                  directories: { keys: "/badger/keys", values: "/badger/values" },
                  ttl: { spans: "72h" },
                  consistency: false,
                },
              },
            },
            metric_backends: {
              metrics: {
                prometheus: {
                  endpoint: "http://prometheus:9090",
                  normalize_calls: true,
                  normalize_duration: true,
                  latency_unit: "ms",
                },
              },
            },
          },
          jaeger_query: {
            storage: { traces: "traces", metrics: "metrics" },
            enable_tracing: false,
            http: { endpoint: "0.0.0.0:16686", keep_alives_enabled: true },
            grpc: { endpoint: "0.0.0.0:16685" },
          },
          remote_sampling: {
            file: { path: "/etc/jaeger/sampling.json", reload_interval: "10s" },
            http: { endpoint: "0.0.0.0:5778", keep_alives_enabled: true },
            grpc: { endpoint: "0.0.0.0:5779" },
          },
        },
        receivers: {
          otlp: {
            protocols: {
              grpc: { endpoint: "0.0.0.0:4317", max_recv_msg_size_mib: 128 },
              http: { endpoint: "0.0.0.0:4318", max_request_body_size: 128 * 1024 ** 2 },
            },
          },
        },
        processors: { memory_limiter: { check_interval: "1s", limit_mib: 819, spike_limit_mib: 163 } },
        exporters: { jaeger_storage_exporter: { trace_storage: "traces" } },
        connectors: {},
        service: {
          extensions: ["healthcheckv2", "jaeger_storage", "jaeger_query", "remote_sampling"],
          pipelines: {
            traces: {
              receivers: ["otlp"],
              processors: ["memory_limiter"],
              exporters: ["jaeger_storage_exporter"],
            },
          },
        },
      },
    );
    assert.deepEqual(at(telemetry, "resource"), { attributes: [{ name: "service.name", value: "jaeger" }] });
    assert.deepEqual(problems, []);
  });

  it("answers a sender only when the storage has the spans", () => {
    const { config } = jaegerConfig(args);
    assert.deepEqual(at(config, "service", "pipelines", "traces", "processors"), ["memory_limiter"]);
    assert.equal(at(config, "exporters", "jaeger_storage_exporter", "queue"), undefined);
  });

  it("differs between the oldest and the newest Jaeger in how their Collectors are named alone", () => {
    const [oldest, newest] = (["2.13.0", "2.20.0"] as const).map(
      (version) => jaegerConfig({ ...args, version }).config,
    );
    const name = (config: unknown) => at(config, "service", "telemetry", "resource");
    assert.deepEqual(name(oldest), { "service.name": "jaeger" });
    assert.deepEqual(name(newest), { attributes: [{ name: "service.name", value: "jaeger" }] });
    const unnamed = (config: unknown) => JSON.stringify(config).replace(JSON.stringify(name(config)), "");
    assert.equal(unnamed(oldest), unnamed(newest));
  });

  it("leaves the Monitor page out without Prometheus", () => {
    const { config, needs } = jaegerConfig(args);
    assert.deepEqual(at(config, "extensions", "jaeger_query", "storage"), { traces: "traces" });
    assert.equal(at(config, "extensions", "jaeger_storage", "metric_backends"), undefined);
    assert.deepEqual(needs.connects, []);
  });

  it("connects to the Prometheus of the stack, and to nobody for one outside", () => {
    assert.deepEqual(jaegerConfig({ ...args, metrics: prometheus }).needs.connects, [
      { ...prometheus.of, number: 9090 },
    ]);
    assert.deepEqual(jaegerConfig({ ...args, metrics: external("metrics.example.com:9090") }).needs.connects, []);
  });

  it("as a collector receives and stores, and answers SDKs alone", () => {
    const { config, needs } = jaegerConfig({ ...args, role: "collector", storage: networked });
    assert.deepEqual(at(config, "service", "extensions"), ["healthcheckv2", "jaeger_storage", "remote_sampling"]);
    assert.deepEqual(Object.keys(needs.ports).sort(), [
      "health",
      "otlp-grpc",
      "otlp-http",
      "sampling",
      "sampling-grpc",
    ]);
    assert.deepEqual(at(config, "extensions", "jaeger_storage", "backends"), {
      traces: { opensearch: { server_urls: ["http://os:9200"] } },
    });
  });

  it("as a query answers queries, and receives nothing", () => {
    const { config, needs } = jaegerConfig({ ...args, role: "query", storage: networked });
    assert.deepEqual(at(config, "service", "extensions"), ["healthcheckv2", "jaeger_storage", "jaeger_query"]);
    assert.deepEqual(at(config, "service", "pipelines"), {
      traces: { receivers: ["nop"], processors: [], exporters: ["nop"] },
    });
    assert.deepEqual(Object.keys(needs.ports).sort(), ["health", "query", "query-grpc"]);
    assert.deepEqual(needs.files, {});
  });

  it("passes on what the storage needs", () => {
    const needs = {
      env: { OS_PASSWORD: { secret: "s3cret" } },
      connects: [{ workload: "os", port: "http", number: 9200 }],
    };
    const rendered = jaegerConfig({ ...args, storage: { ...networked, needs } });
    assert.deepEqual(rendered.needs.env, needs.env);
    assert.deepEqual(rendered.needs.connects, needs.connects);
  });

  it("says what is wrong with storage and sampling as they were written", () => {
    const sampling = { default_strategy: { type: "probabilistic", param: 2 } } as const;
    const { problems } = jaegerConfig({ ...args, storage: badger({ size: "0 GiB" }), sampling });
    assert.deepEqual(
      problems.map(({ path }) => path),
      ["storage.size", "sampling.default_strategy.param"],
    );
  });
});
