import assert from "node:assert/strict";
import { parse } from "yaml";
import { collectorConfig } from "../../components/collector/config";
import {
  fileLog,
  filter,
  hostMetrics,
  k8sAttributes,
  loadBalancing,
  otlp,
  otlpGrpc,
  otlpHttp,
  prometheusRemoteWrite,
  resourceDetection,
  serviceGraph,
  spanMetrics,
} from "../../components/collector/parts";
import { selfTelemetry } from "../../components/collector/telemetry";
import { yaml } from "../../components/core/config";
import { external } from "../../components/core/platform";
import type { Version } from "../../components/core/version";

const to = external("next:4317");

function rendered(collector: Version) {
  const [measured, graph] = [spanMetrics(), serviceGraph()];
  const { config, problems } = collectorConfig({
    distribution: { name: "otelcol-contrib", collector },
    telemetry: selfTelemetry({ name: "c" }),
    pipelines: {
      traces: {
        receivers: [otlp()],
        processors: [
          k8sAttributes(),
          resourceDetection({ detectors: ["k8s_api"] }),
          filter({ drop: { traces: { span: ["true"], spanEvent: ["false"] } } }),
        ],
        exporters: [
          measured,
          graph,
          otlpGrpc({ name: "a", to }),
          otlpHttp({ name: "b", to }),
          loadBalancing({ name: "c", resolver: { kind: "dns", endpoint: to } }),
        ],
      },
      metrics: {
        receivers: [hostMetrics(), measured, graph],
        processors: [filter({ name: "m", drop: { metrics: { metric: ["true"], dataPoint: ["false"] } } })],
        exporters: [prometheusRemoteWrite({ name: "d", to })],
      },
      logs: {
        receivers: [fileLog({ folder: "/var/log", include: ["/var/log/*.log"] })],
        processors: [filter({ name: "l", drop: { logs: { resource: ["true"], log: ["false"] } } })],
        exporters: [otlpHttp({ name: "b", to })],
      },
    },
  });
  assert.deepEqual(problems, []);
  return parse(yaml(config));
}

const types = (version: Version) => {
  const config = rendered(version);
  return ["extensions", "receivers", "processors", "exporters", "connectors"]
    .flatMap((section) => Object.keys(config[section]))
    .filter((id) => id !== "otlp" && !id.startsWith("filter"))
    .sort();
};

describe("names of parts", () => {
  it("are the new ones in Collector 0.158", () => {
    assert.deepEqual(types("0.158.0"), [
      "file_log",
      "file_storage/offsets",
      "host_metrics",
      "k8s_attributes",
      "load_balancing/c",
      "otlp_grpc/a",
      "otlp_http/b",
      "prometheus_remote_write/d",
      "resource_detection",
      "service_graph",
      "span_metrics",
    ]);
  });

  it("are those that Collector 0.155 knows, inside Jaeger 2.20", () => {
    assert.deepEqual(types("0.155.0"), [
      "file_log",
      "file_storage/offsets",
      "host_metrics",
      "k8s_attributes",
      "load_balancing/c",
      "otlp_grpc/a",
      "otlp_http/b",
      "prometheus_remote_write/d",
      "resource_detection",
      "servicegraph",
      "span_metrics",
    ]);
  });

  it("are the old ones in Collector 0.140, inside Jaeger 2.13", () => {
    assert.deepEqual(types("0.140.0"), [
      "file_storage/offsets",
      "filelog",
      "hostmetrics",
      "k8sattributes",
      "loadbalancing/c",
      "otlp/a",
      "otlphttp/b",
      "prometheusremotewrite/d",
      "resourcedetection",
      "servicegraph",
      "spanmetrics",
    ]);
  });
});

describe("keys of parts", () => {
  it("follow the version: detectors", () => {
    assert.deepEqual(rendered("0.158.0").processors.resource_detection.detectors, ["k8s_api"]);
    assert.deepEqual(rendered("0.140.0").processors.resourcedetection.detectors, ["k8snode"]);
  });

  it("follow the version: conditions of filters", () => {
    const filters = (version: Version) => {
      const { filter: spans, "filter/m": metrics, "filter/l": logs } = rendered(version).processors;
      return [spans, metrics, logs];
    };
    assert.deepEqual(filters("0.158.0"), [
      {
        error_mode: "ignore",
        trace_conditions: [
          { context: "span", conditions: ["true"] },
          { context: "spanevent", conditions: ["false"] },
        ],
      },
      {
        error_mode: "ignore",
        metric_conditions: [
          { context: "metric", conditions: ["true"] },
          { context: "datapoint", conditions: ["false"] },
        ],
      },
      {
        error_mode: "ignore",
        log_conditions: [
          { context: "resource", conditions: ["true"] },
          { context: "log", conditions: ["false"] },
        ],
      },
    ]);
    assert.deepEqual(filters("0.140.0"), [
      { error_mode: "ignore", traces: { span: ["true"], spanevent: ["false"] } },
      { error_mode: "ignore", metrics: { metric: ["true"], datapoint: ["false"] } },
      { error_mode: "ignore", logs: { resource: ["true"], log_record: ["false"] } },
    ]);
  });

  it("follow the version: the resource of self telemetry", () => {
    assert.deepEqual(rendered("0.158.0").service.telemetry.resource, {
      attributes: [{ name: "service.name", value: "c" }],
    });
    assert.deepEqual(rendered("0.140.0").service.telemetry.resource, { "service.name": "c" });
  });
});
