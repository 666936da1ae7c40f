import assert from "node:assert/strict";
import { parse } from "yaml";
import { bearerTokenAuth, memoryLimiter, nop, otlp, otlpGrpc } from "../../components/collector/parts";
import { collectorPorts, otelCollector, type OtelCollectorArgs } from "../../components/collector/workload";
import { external } from "../../components/core/platform";
import { sentence } from "../../components/core/problems";
import { images } from "../../components/images";

const pipelines = { traces: { receivers: [otlp()], exporters: [nop()] } } as const;
const collector = (args: Partial<OtelCollectorArgs> = {}) => otelCollector("collector", { pipelines, ...args });
const configOf = (args: Partial<OtelCollectorArgs> = {}) => {
  const file = collector(args).files?.["/etc/otelcol-contrib/config.yaml"];
  assert(file !== undefined && "content" in file);
  return parse(file.content);
};

describe("otelCollector", () => {
  it("describes one process with all that its parts ask for", () => {
    const auth = bearerTokenAuth({ tokens: { secret: "t" } });
    const { files, ...workload } = collector({
      pipelines: {
        traces: {
          receivers: [otlp({ reach: "outside", auth })],
          exporters: [otlpGrpc({ name: "next", to: external("next:4317"), queue: { durability: "disk" } })],
        },
      },
      memory: "1000 MiB",
      cpu: 0.5,
      placement: { replicas: 2 },
      grace: "1m",
    });
    assert.deepEqual(Object.keys(files ?? {}), ["/etc/otelcol-contrib/tokens", "/etc/otelcol-contrib/config.yaml"]);
    assert.deepEqual(workload, {
      name: "collector",
      component: "collector:OtelCollector",
      image: images.collector,
      args: ["--config=/etc/otelcol-contrib/config.yaml"],
      env: { GOMEMLIMIT: "560MiB", GOGC: "400" },
      volumes: { "/var/lib/otelcol": { kind: "persistent", name: "queue", size: "2 GiB" } },
      ports: {
        "otlp-grpc": { port: 4317, reach: "outside", asks: true },
        "otlp-http": { port: 4318, reach: "outside", asks: true },
        metrics: { port: 8888 },
        health: { port: 13133, reach: "workload" },
      },
      connects: [],
      externals: [{ host: "next", port: 4317 }],
      access: [],
      first: [],
      health: { port: "health", path: "/" },
      memory: "1000 MiB",
      cpu: 0.5,
      placement: { replicas: 2 },
      grace: "1m",
      problems: [],
    });
  });

  it("is known to neighbours by the ports it has", () => {
    assert.deepEqual(collectorPorts, {
      "otlp-grpc": { port: 4317 },
      "otlp-http": { port: 4318 },
      metrics: { port: 8888 },
      health: { port: 13133, reach: "workload" },
    });
  });

  it("limits memory in each pipeline, measures itself and answers when it is ready", () => {
    const { processors, extensions, service } = configOf({ memory: "1000 MiB" });
    assert.deepEqual(processors, { memory_limiter: { check_interval: "1s", limit_mib: 800, spike_limit_mib: 160 } });
    assert.deepEqual(service.pipelines.traces.processors, ["memory_limiter"]);
    assert.deepEqual(extensions, { health_check: { endpoint: "0.0.0.0:13133" } });
    assert.deepEqual(service.telemetry, {
      metrics: {
        level: "normal",
        readers: [
          {
            pull: {
              exporter: {
                prometheus: {
                  host: "0.0.0.0",
                  port: 8888,
                  without_type_suffix: false,
                  without_units: false,
                  without_scope_info: true,
                },
              },
            },
          },
        ],
      },
      logs: { level: "info", encoding: "json" },
      resource: { attributes: [{ name: "service.name", value: "collector" }] },
    });
  });

  it("lets Go's heap grow up to what lies clear of where data is refused", () => {
    const { GOMEMLIMIT, GOGC } = collector({ memory: "512 MiB" }).env ?? {};
    const { limit_mib: hard, spike_limit_mib: spike } = configOf({ memory: "512 MiB" }).processors.memory_limiter;
    assert.deepEqual([GOGC, GOMEMLIMIT, hard - spike], ["400", "286MiB", 328]);
  });

  it("keeps a memory limiter of one's own", () => {
    const processors = [memoryLimiter({ memory: "100 MiB" })];
    const { memory_limiter: limiter } = configOf({
      pipelines: { traces: { ...pipelines.traces, processors } },
    }).processors;
    assert.deepEqual(limiter.limit_mib, 80);
  });

  it("leaves the last word on its configuration to whoever customizes it", () => {
    assert.deepEqual(configOf({ customize: () => ({ replaced: true }) }), { replaced: true });
  });

  it("refuses a size without unit, an image that is too old and no pipelines, all at once", () => {
    const { problems = [], env } = collector({
      pipelines: {},
      memory: "512" as "512 MiB",
      image: { ...images.collector, version: "0.120.0" },
    });
    assert.deepEqual(problems.map(sentence), [
      "pipelines: empty; write 1 or more",
      'memory: not a size, got "512"; write it with its unit, as "2 GiB"',
      'image.version: older than 0.158.0, got "0.120.0"; choose a newer image',
    ]);
    assert.deepEqual(env, {});
  });
});
