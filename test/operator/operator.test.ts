import assert from "node:assert/strict";
import { parse } from "yaml";
import { external } from "../../components/core/platform";
import { boards } from "../../components/dashboards";
import { jaegerPorts } from "../../components/jaeger/workload";
import { grafanaObjects, podMonitors, prometheusRules } from "../../components/operator";
import { kubernetesPlanner } from "../../components/platforms/kubernetes/plan";
import type { Manifest } from "../../components/platforms/kubernetes/objects";
import { ruleFile } from "../../components/prometheus/rule";
import { tracingRules } from "../../components/prometheus/rules";

const options = { name: "tracing", labels: { release: "kube-prometheus-stack" } };
const at = kubernetesPlanner(options);
const jaeger = at.locate("jaeger", jaegerPorts);
const agent = at.locate("agent", { metrics: { port: 8888 } }, "every-node");
const names = (manifests: readonly { metadata: { name: string } }[]) => manifests.map(({ metadata }) => metadata.name);

describe("objects for a Prometheus Operator", () => {
  const rules = tracingRules({ jobs: ["jaeger", "agent"] });
  const links = { runbooks: "https://wiki.example.com/runbooks" };
  const manifests = prometheusRules(options, rules, links);

  it("are a PrometheusRule for each file of rules, as its definition has them", () => {
    assert.deepEqual(
      names(manifests),
      Object.keys(rules).map((file) => `tracing-${file}`),
    );
    const [{ kind, apiVersion, spec }] = manifests as [Manifest];
    assert.deepEqual(
      [kind, apiVersion, spec],
      ["PrometheusRule", "monitoring.coreos.com/v1", ruleFile(rules.targets, links)],
    );
  });

  it("are selected by the labels of the options", () => {
    assert.equal(manifests[0]?.metadata.labels["release"], "kube-prometheus-stack");
    assert.equal(manifests[0]?.metadata.namespace, "tracing");
  });

  it("page for targets of this stack alone", () => {
    const [{ rules: ofTargets }] = (manifests[0]!["spec"] as { groups: [{ rules: { alert: string; expr: string }[] }] })
      .groups;
    assert.equal(ofTargets.find(({ alert }) => alert === "TargetDown")?.expr, 'up{job=~"jaeger|agent"} == 0');
    assert.match(ofTargets.find(({ alert }) => alert === "TargetRestarts")!.expr, /\{job=~"jaeger\|agent"\}\[30m\]/);
  });

  it("are a PodMonitor for each job, which has the name that boards expect", () => {
    const scrape = { jaeger: [jaeger.metrics], agent: [agent.metrics], kafka: [external("kafka:9308")] };
    const monitors = podMonitors(options, { scrape });
    assert.deepEqual(
      monitors.map(({ metadata, spec }) => [metadata.name, metadata.namespace, spec]),
      [
        [
          "tracing-jaeger",
          "tracing",
          {
            namespaceSelector: { matchNames: ["tracing"] },
            selector: {
              matchLabels: { "app.kubernetes.io/name": "jaeger", "app.kubernetes.io/part-of": "tracing" },
            },
            podMetricsEndpoints: [
              { port: "metrics", interval: "15s", relabelings: [{ targetLabel: "job", replacement: "jaeger" }] },
            ],
          },
        ],
        [
          "tracing-agent",
          "tracing",
          {
            namespaceSelector: { matchNames: ["tracing-agents"] },
            selector: { matchLabels: { "app.kubernetes.io/name": "agent", "app.kubernetes.io/part-of": "tracing" } },
            podMetricsEndpoints: [
              { port: "metrics", interval: "15s", relabelings: [{ targetLabel: "job", replacement: "agent" }] },
            ],
          },
        ],
      ],
    );
  });
});

describe("objects for the sidecars of a Grafana", () => {
  const args = {
    prometheus: external("http://prometheus-operated.monitoring:9090"),
    jaeger: jaeger.query,
    logs: { kind: "victorialogs", at: external("http://logs:9428") },
  } as const;
  const dataOf = (manifest: object | undefined) => Object.entries((manifest as { data: Record<string, string> }).data);
  const sourcesIn = (manifests: readonly object[]) =>
    (parse(dataOf(manifests.at(-1))[0]![1]) as { datasources: { name: string; uid: string; isDefault?: boolean }[] })
      .datasources;

  it("are a ConfigMap for each dashboard, and one for the data sources", () => {
    const manifests = grafanaObjects(options, args);
    assert.deepEqual(names(manifests), [
      ...Object.keys(boards).map((file) => `tracing-dashboard-${file}`),
      "tracing-datasource-tracing",
    ]);
    const { labels, annotations } = manifests[0]!.metadata;
    assert.deepEqual([labels["grafana_dashboard"], annotations?.["grafana_folder"]], ["1", "Tracing"]);
    const [[file, text]] = dataOf(manifests[0]) as [[string, string]];
    assert.deepEqual([file, (JSON.parse(text) as { uid: string }).uid], ["tracing-overview.json", "tracing-overview"]);
  });

  it("leave the default of that Grafana, and what others added, as they are", () => {
    const sources = sourcesIn(grafanaObjects(options, args));
    assert.deepEqual(
      sources.map(({ name, uid, isDefault }) => [name, uid, isDefault]),
      [
        ["Tracing metrics", "prometheus", false],
        ["Jaeger", "jaeger", undefined],
        ["Logs", "logs", undefined],
      ],
    );
    assert.doesNotMatch(dataOf(grafanaObjects(options, args).at(-1))[0]![1], /prune/);
  });

  it("ask the Prometheus that is named, in every panel and on every way from traces to metrics", () => {
    const manifests = grafanaObjects(options, { ...args, prometheusUid: "mimir" });
    assert.deepEqual(
      sourcesIn(manifests).map(({ uid }) => uid),
      ["jaeger", "logs"],
    );
    const texts = manifests.flatMap(dataOf).map(([, text]) => text);
    for (const text of texts) assert.doesNotMatch(text, /"?(uid|datasourceUid)"?: "?prometheus/);
    assert.ok(texts.some((text) => text.includes('"uid": "mimir"')));
    assert.ok(texts.at(-1)?.includes("datasourceUid: mimir"));
  });
});
