import assert from "node:assert/strict";
import { yaml } from "../../components/core/config";
import { external } from "../../components/core/platform";
import { prometheusConfig } from "../../components/prometheus/config";

const collector = external("collector:8888");

describe("the configuration of Prometheus", () => {
  it("takes metrics by OTLP, scrapes jobs and itself, and keeps to its disk", () => {
    const config = prometheusConfig({
      scrape: { collector: [collector, external("collector-2:8888")] },
      size: "10 GiB",
      promote: ["service.name", "host.name"],
      ruleFiles: ["/etc/prometheus/rules/targets.yml"],
    });
    assert.equal(
      yaml(config),
      `global:
  scrape_interval: 15s
  evaluation_interval: 15s
  rule_query_offset: 30s
  metric_name_escaping_scheme: underscores
otlp:
  translation_strategy: UnderscoreEscapingWithSuffixes
  promote_resource_attributes:
    - service.name
    - host.name
storage:
  tsdb:
    out_of_order_time_window: 1d
    retention:
      time: 15d
      size: 8589934592B
  exemplars:
    max_exemplars: 100000
rule_files:
  - /etc/prometheus/rules/targets.yml
scrape_configs:
  - job_name: collector
    static_configs:
      - targets:
          - collector:8888
          - collector-2:8888
  - job_name: prometheus
    static_configs:
      - targets:
          - localhost:9090
`,
    );
  });

  it("follows its options, in whole numbers", () => {
    assert.deepEqual(
      prometheusConfig({
        scrape: {},
        scrapeInterval: "1.5m",
        retention: "0.5d",
        size: "1 GiB",
        exemplars: 5,
        promote: [],
      }),
      {
        global: {
          scrape_interval: "90000ms",
          evaluation_interval: "90000ms",
          rule_query_offset: "30s",
          metric_name_escaping_scheme: "underscores",
        },
        otlp: { translation_strategy: "UnderscoreEscapingWithSuffixes", promote_resource_attributes: [] },
        storage: {
          tsdb: { out_of_order_time_window: "1d", retention: { time: "43200000ms", size: "858993459B" } },
          exemplars: { max_exemplars: 5 },
        },
        scrape_configs: [{ job_name: "prometheus", static_configs: [{ targets: ["localhost:9090"] }] }],
      },
    );
  });

  it("labels metrics with who sends them and where that runs, unless told otherwise", () => {
    assert.deepEqual(prometheusConfig({ scrape: {}, size: "1 GiB" })["otlp"], {
      translation_strategy: "UnderscoreEscapingWithSuffixes",
      promote_resource_attributes: [
        "service.name",
        "service.namespace",
        "service.version",
        "deployment.environment.name",
        "host.name",
        "cloud.region",
        "cloud.availability_zone",
        "k8s.cluster.name",
        "k8s.namespace.name",
        "k8s.node.name",
        "k8s.pod.name",
        "k8s.volume.name",
        "k8s.container.name",
        "k8s.deployment.name",
        "k8s.statefulset.name",
        "k8s.daemonset.name",
        "k8s.cronjob.name",
        "k8s.job.name",
      ],
    });
  });
});
