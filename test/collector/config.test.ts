import assert from "node:assert/strict";
import { parse } from "yaml";
import { collectorConfig, type CollectorConfigArgs, type Distribution } from "../../components/collector/config";
import {
  debug,
  fileStorage,
  filter,
  forward,
  healthCheck,
  jaegerReceiver,
  jaegerRemoteSampling,
  k8sAttributes,
  memoryLimiter,
  nop,
  otlp,
  otlpGrpc,
  otlpHttp,
  redaction,
  resource,
  spanMetrics,
  tailSampling,
  transform,
} from "../../components/collector/parts";
import { yaml } from "../../components/core/config";
import { external, type Endpoint } from "../../components/core/platform";
import { sentence } from "../../components/core/problems";

const distribution: Distribution = { name: "otelcol-contrib", collector: "0.158.0" };
const jaeger: Endpoint = { host: "jaeger", port: 4317, of: { workload: "jaeger", port: "otlp-grpc" } };
const keepAll = tailSampling({ policies: [{ name: "all", type: "always_sample" }] });

const configOf = (args: Omit<CollectorConfigArgs, "distribution" | "telemetry">) =>
  collectorConfig({ distribution, telemetry: {}, ...args });
const problemsOf = (args: Omit<CollectorConfigArgs, "distribution" | "telemetry">) =>
  configOf(args).problems.map(sentence);

describe("collectorConfig", () => {
  it("derives every section from the pipelines", () => {
    const measured = spanMetrics({ buckets: ["10ms", "1s"], dimensions: ["http.route"] });
    const { config, problems } = collectorConfig({
      distribution,
      telemetry: { logs: { level: "info" } },
      extensions: [healthCheck()],
      pipelines: {
        traces: {
          receivers: [otlp()],
          processors: [memoryLimiter({ memory: "1000 MiB" })],
          exporters: [measured, otlpGrpc({ name: "jaeger", to: jaeger, queue: { durability: "disk" } })],
        },
        metrics: { receivers: [measured], exporters: [debug()] },
      },
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(parse(yaml(config)), {
      extensions: {
        health_check: { endpoint: "0.0.0.0:13133" },
        file_storage: {
          directory: "/var/lib/otelcol/queue",
          create_directory: true,
          fsync: false,
          compaction: { on_start: true, directory: "/var/lib/otelcol/queue" },
        },
      },
      receivers: {
        otlp: {
          protocols: {
            grpc: { endpoint: "0.0.0.0:4317", max_recv_msg_size_mib: 4, max_concurrent_streams: 100 },
            http: {
              endpoint: "0.0.0.0:4318",
              max_request_body_size: 4 * 1024 ** 2,
              read_timeout: "1m",
              idle_timeout: "5m",
            },
          },
        },
      },
      processors: { memory_limiter: { check_interval: "1s", limit_mib: 800, spike_limit_mib: 160 } },
      exporters: {
        "otlp_grpc/jaeger": {
          endpoint: "jaeger:4317",
          tls: { insecure: true },
          compression: "zstd",
          retry_on_failure: { enabled: true, initial_interval: "1s", max_interval: "30s", max_elapsed_time: "0s" },
          sending_queue: {
            enabled: true,
            storage: "file_storage",
            sizer: "bytes",
            queue_size: 512 * 1024 ** 2,
            block_on_overflow: false,
            batch: { flush_timeout: "200ms", sizer: "bytes", min_size: 64 * 1024, max_size: 4 * 1024 ** 2 },
          },
        },
        debug: { verbosity: "basic" },
      },
      connectors: {
        span_metrics: {
          histogram: { unit: "ms", explicit: { buckets: ["10ms", "1s"] } },
          dimensions: [{ name: "http.route" }],
          resource_metrics_key_attributes: ["service.name", "service.namespace", "deployment.environment.name"],
          exemplars: { enabled: true },
          metrics_flush_interval: "15s",
        },
      },
      service: {
        extensions: ["health_check", "file_storage"],
        pipelines: {
          traces: {
            receivers: ["otlp"],
            processors: ["memory_limiter"],
            exporters: ["span_metrics", "otlp_grpc/jaeger"],
          },
          metrics: { receivers: ["span_metrics"], processors: [], exporters: ["debug"] },
        },
        telemetry: { logs: { level: "info" } },
      },
    });
  });

  it("puts processors in the order of their stages, and keeps the order given within one", () => {
    const { config } = configOf({
      limiter: memoryLimiter({ memory: "1 GiB" }),
      pipelines: {
        traces: {
          receivers: [otlp()],
          processors: [
            keepAll,
            redaction({ blockedValues: ["secret"] }),
            transform({ name: "b", statements: { traces: ['set(span.name, "x")'] } }),
            transform({ name: "a", statements: { traces: ['set(span.name, "y")'] } }),
            filter({ drop: { traces: { span: ['span.name == "x"'] } } }),
            resource({ attributes: [{ key: "team", action: "delete" }] }),
            k8sAttributes(),
          ],
          exporters: [nop()],
        },
      },
    });
    assert.deepEqual(parse(yaml(config)).service.pipelines.traces.processors, [
      "memory_limiter",
      "k8s_attributes",
      "resource",
      "filter",
      "transform/b",
      "transform/a",
      "redaction",
      "tail_sampling",
    ]);
  });

  it("adds the limiter to pipelines that have none, also to those ordered by hand", () => {
    const own = memoryLimiter({ memory: "2 GiB" });
    const label = resource({ attributes: [{ key: "team", action: "delete" }] });
    const { config, problems } = configOf({
      limiter: own,
      pipelines: {
        traces: { receivers: [otlp()], processors: [own], exporters: [nop()] },
        logs: { receivers: [otlp()], processors: { inOrder: [label] }, exporters: [nop()] },
      },
    });
    const { pipelines } = parse(yaml(config)).service;
    assert.deepEqual(pipelines.traces.processors, ["memory_limiter"]);
    assert.deepEqual(pipelines.logs.processors, ["memory_limiter", "resource"]);
    assert.deepEqual(problems, []);
  });

  it("refuses a wrong order set by hand, and says the right one", () => {
    const processors = { inOrder: [keepAll, k8sAttributes()] };
    assert.deepEqual(problemsOf({ pipelines: { traces: { receivers: [otlp()], processors, exporters: [nop()] } } }), [
      'pipelines.traces.processors: wrong order: tail_sampling is out of place, got ["tail_sampling","k8s_attributes"]; ' +
        "write k8s_attributes, tail_sampling, or give a plain list and the order is derived",
    ]);
  });

  it("refuses two parts of one id that differ, and takes one that is used twice", () => {
    const traces = { receivers: [otlp()], exporters: [debug({ verbosity: "detailed" })] } as const;
    assert.deepEqual(problemsOf({ pipelines: { traces, logs: { receivers: [otlp()], exporters: [debug()] } } }), [
      "exporters.debug: two components share this id but differ; give both the same options, or rename one",
    ]);
    assert.deepEqual(problemsOf({ pipelines: { traces, logs: traces } }), []);
  });

  it("refuses queues that want one disk written in two ways", () => {
    const send = (name: string, durability: "disk" | "disk-fsync") =>
      otlpGrpc({ name, to: jaeger, queue: { durability } });
    assert.deepEqual(
      problemsOf({
        pipelines: { traces: { receivers: [otlp()], exporters: [send("a", "disk"), send("b", "disk-fsync")] } },
      }),
      ["extensions.file_storage: two components share this id but differ; give both the same options, or rename one"],
    );
  });

  it("refuses more queues on a disk than it has room for", () => {
    const send = (name: string) => otlpGrpc({ name, to: jaeger, queue: { durability: "disk" } });
    const pipeline = { receivers: [otlp()], exporters: [send("a"), send("b")] } as const;
    assert.deepEqual(problemsOf({ pipelines: { traces: pipeline, "traces/more": pipeline } }), []);
    assert.deepEqual(problemsOf({ pipelines: { traces: pipeline, logs: pipeline } }), [
      'pipelines: together these queues can fill the disk they share, got ["otlp_grpc/a for traces",' +
        '"otlp_grpc/b for traces","otlp_grpc/a for logs","otlp_grpc/b for logs"]; ' +
        "keep at most 3 of them on disk, the others in memory",
    ]);
  });

  it("refuses a connector that joins nothing", () => {
    const measured = spanMetrics();
    const all = forward({ signal: "traces", name: "all" });
    assert.deepEqual(
      problemsOf({
        pipelines: {
          traces: { receivers: [otlp()], exporters: [measured] },
          "traces/kept": { receivers: [all], exporters: [nop()] },
        },
      }),
      [
        "connectors.span_metrics: no pipeline receives from it; add it to the receivers of one",
        "connectors.forward/all: no pipeline exports to it; add it to the exporters of one",
      ],
    );
  });

  it("refuses a queue that would refuse what tail sampling has accepted", () => {
    const behind = (whenFull: "refuse" | "wait") => ({
      pipelines: {
        traces: {
          receivers: [otlp()],
          processors: [keepAll],
          exporters: [otlpGrpc({ name: "jaeger", to: jaeger, queue: { whenFull } })],
        },
      } as const,
    });
    assert.deepEqual(problemsOf(behind("wait")), []);
    assert.deepEqual(problemsOf(behind("refuse")), [
      "pipelines.traces.exporters.otlp_grpc/jaeger: tail_sampling has already acknowledged data that a full queue refuses, " +
        'so that data would be lost; set whenFull: "wait" on its queue',
    ]);
  });

  it("refuses two parts that listen on one port", () => {
    assert.deepEqual(
      problemsOf({
        extensions: [
          jaegerRemoteSampling({ source: { kind: "strategies", strategies: {} }, grpc: true }),
          fileStorage({ size: "1 GiB" }),
        ],
        pipelines: { traces: { receivers: [jaegerReceiver()], exporters: [nop()] } },
      }),
      [
        "ports.sampling-grpc: jaeger-grpc listens on the same port, got 14250; " +
          "remove one of them, or give it another port",
      ],
    );
  });

  it("refuses parts that the program was built without", () => {
    const { problems } = collectorConfig({
      distribution: {
        name: "jaeger",
        collector: "0.140.0",
        parts: { receivers: ["otlp"], processors: [], exporters: ["otlp"], connectors: [], extensions: [] },
      },
      telemetry: {},
      pipelines: {
        traces: { receivers: [otlp()], exporters: [otlpGrpc({ name: "a", to: jaeger }), nop()] },
      },
    });
    assert.deepEqual(problems.map(sentence), [
      "exporters.nop: jaeger has no nop exporter; run it in a separate OtelCollector in front",
    ]);
  });

  it("adds up what its parts need", () => {
    const { needs } = configOf({
      pipelines: {
        traces: {
          receivers: [otlp({ reach: "outside", outside: { grpc: 14317 } })],
          processors: [k8sAttributes()],
          exporters: [
            otlpGrpc({ name: "jaeger", to: jaeger, queue: { durability: "disk", disk: "1 GiB" } }),
            otlpHttp({ name: "vendor", to: external("otlp.example.com:443") }),
          ],
        },
      },
    });
    assert.deepEqual(needs, {
      env: {},
      files: {},
      volumes: { "/var/lib/otelcol": { kind: "persistent", name: "queue", size: "1 GiB" } },
      ports: {
        "otlp-grpc": { port: 4317, reach: "outside", outside: 14317 },
        "otlp-http": { port: 4318, reach: "outside" },
      },
      connects: [{ workload: "jaeger", port: "otlp-grpc", number: 4317 }],
      externals: [{ host: "otlp.example.com", port: 443 }],
      access: [{ apiGroups: [""], resources: ["pods", "namespaces"], verbs: ["get", "list", "watch"] }],
      first: [],
    });
  });

  it("says the problems of parts with their ids, and writes nothing of such a part", () => {
    const { config, problems } = configOf({
      pipelines: {
        traces: {
          receivers: [otlp()],
          processors: [memoryLimiter({ memory: "512" as "512 MiB" })],
          exporters: [otlpGrpc({ name: "jaeger", to: jaeger, queue: { capacity: 0.5 } })],
        },
      },
    });
    assert.deepEqual(problems.map(sentence), [
      'memory_limiter.memory: not a size, got "512"; write it with its unit, as "2 GiB"',
      "otlp_grpc/jaeger.queue.capacity: not a whole number above zero, got 0.5; write 1 or more",
    ]);
    assert.doesNotMatch(yaml(config), /NaN|nan/);
  });
});
