import assert from "node:assert/strict";
import { collectorConfig } from "../../components/collector/config";
import { external } from "../../components/core/platform";
import { settingsFrom } from "../../configs/settings-from";
import { describedSecrets } from "../../stacks/observability";
import { pipelinesAt } from "../support/hop";

const neighbours = {
  next: external("jaeger:4317"),
  prometheus: external("prometheus:9090"),
  logs: external("victorialogs:9428"),
};

function rendered(raw: Readonly<Record<string, unknown>> = {}) {
  const settings = settingsFrom("dev", raw);
  const pipelines = pipelinesAt(settings, 0, neighbours);
  const distribution = { name: "otelcol-contrib", collector: settings.images.collector.version };
  const { config, needs, problems } = collectorConfig({ distribution, pipelines, telemetry: {} });
  assert.deepEqual(problems, []);
  return { sections: JSON.parse(JSON.stringify(config)) as Sections, needs };
}

interface Sections {
  readonly receivers: { readonly otlp: unknown };
  readonly processors: Readonly<Record<string, { readonly trace_statements?: readonly { conditions: string[] }[] }>>;
  readonly exporters: Readonly<Record<string, { readonly endpoint: string; readonly sending_queue: object }>>;
  readonly extensions: Readonly<Record<string, object>>;
  readonly service: { readonly pipelines: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> };
}

const queues = ({ exporters }: Sections) =>
  Object.entries(exporters).map(([id, { sending_queue }]) => `${id} ${Reflect.get(sending_queue, "storage")}`);

describe("the pipelines of one Collector", () => {
  it("measure every span before anything else could lose it, and drop none", () => {
    assert.deepEqual(rendered().sections.service.pipelines, {
      traces: {
        receivers: ["otlp"],
        processors: [
          "transform/ids",
          "transform/identifiers",
          "transform/fit",
          "redaction/suspects",
          "transform/redact",
        ],
        exporters: ["span_metrics", "service_graph", "count/truncated", "count/redacted", "otlp_grpc/jaeger"],
      },
      metrics: {
        receivers: ["otlp"],
        processors: ["filter/fit-points", "transform/fit-points", "redaction/suspects", "transform/redact"],
        exporters: ["otlp_http/prometheus", "count/redacted"],
      },
      "metrics/own": {
        receivers: ["service_graph", "count/truncated", "count/truncated-lines", "count/redacted"],
        processors: [],
        exporters: ["otlp_http/prometheus"],
      },
      "metrics/spans": {
        receivers: ["span_metrics"],
        processors: ["transform/overflowing"],
        exporters: ["otlp_http/prometheus"],
      },
      logs: {
        receivers: ["otlp"],
        processors: ["transform/fit-lines", "redaction/credentials", "redaction/suspects", "transform/redact"],
        exporters: ["count/truncated-lines", "count/redacted", "otlp_http/victorialogs"],
      },
    });
  });

  it("end where each backend takes OTLP", () => {
    const { exporters } = rendered().sections;
    assert.deepEqual(
      Object.entries(exporters).map(([id, { endpoint }]) => `${id} ${endpoint}`),
      [
        "otlp_grpc/jaeger jaeger:4317",
        "otlp_http/prometheus https://prometheus:9090/api/v1/otlp",
        "otlp_http/victorialogs https://victorialogs:9428/insert/opentelemetry",
      ],
    );
  });

  it("cut nothing below a mebibyte for a storage that takes everything but numbers that break a search", () => {
    const { processors, service } = rendered({ storage: { kind: "memory" } }).sections;
    assert.deepEqual(service.pipelines["traces"]?.["processors"], [
      "transform/ids",
      "transform/identifiers",
      "transform/fit",
      "redaction/suspects",
      "transform/redact",
    ]);
    const { trace_statements: groups } = processors["transform/fit"] as {
      trace_statements: { conditions: string[] }[];
    };
    for (const { conditions } of groups) assert.match(conditions[0]!, /NaN|> 699050$|> 1048576$/);
  });

  it("send requests as small as a storage that writes row by row can answer in time", () => {
    const external = { servers: ["cassandra-1.example.com:9042"], datacenter: "dc1" };
    const queueOf = (storage: object) => rendered({ storage }).sections.exporters["otlp_grpc/jaeger"]!.sending_queue;
    const sizes = (storage: object) => {
      const { sizer, min_size, max_size } = Reflect.get(queueOf(storage), "batch") as Record<string, number | string>;
      return [sizer, min_size, max_size];
    };
    assert.deepEqual(sizes({ kind: "cassandra", external }), ["items", 512, 512]);
    assert.deepEqual(sizes({ kind: "memory" }), ["bytes", 65_536, 9_437_184]);
  });

  it("wait for the next hop on a disk of the size set", () => {
    const { sections, needs } = rendered({ queueSize: "8 GiB" });
    assert.deepEqual(queues(sections), [
      "otlp_grpc/jaeger file_storage",
      "otlp_http/prometheus file_storage",
      "otlp_http/victorialogs file_storage",
    ]);
    assert.deepEqual(needs.volumes, {
      "/var/lib/otelcol": { kind: "persistent", name: "queue", size: "8 GiB" },
    });
  });

  it("wait for the disk itself where a power cut must lose nothing", () => {
    const fsync = (durability: string) =>
      Reflect.get(rendered({ durability }).sections.extensions["file_storage"] ?? {}, "fsync") as unknown;
    assert.deepEqual([fsync("disk"), fsync("disk-fsync")], [false, true]);
  });

  it("wait in memory, without a volume, where that is enough", () => {
    const { sections, needs } = rendered({ durability: "memory" });
    assert.deepEqual(queues(sections), [
      "otlp_grpc/jaeger undefined",
      "otlp_http/prometheus undefined",
      "otlp_http/victorialogs undefined",
    ]);
    assert.deepEqual(needs.volumes, {});
  });

  it("ask senders for a token where there are some, of a file that is read again when it changes", () => {
    const { sections, needs } = rendered({ otlpTokens: { payments: "token" } });
    const server = (port: number) => ({
      endpoint: `0.0.0.0:${port}`,
      auth: { authenticator: "bearertokenauth" },
    });
    assert.partialDeepStrictEqual(sections.receivers.otlp, { protocols: { grpc: server(4317), http: server(4318) } });
    assert.deepEqual(sections.extensions["bearertokenauth"], {
      scheme: "Bearer",
      filename: "/etc/otelcol-contrib/tokens",
    });
    assert.deepEqual(needs.files["/etc/otelcol-contrib/tokens"], describedSecrets.otlpTokens);
  });
});
