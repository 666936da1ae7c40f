import assert from "node:assert/strict";
import type { Workload } from "../../components/core/workload";
import { dockerPlanner } from "../../components/platforms/docker/plan";
import { settingsFrom } from "../../configs/settings-from";
import { hostOf } from "../../stacks/host";
import { describedSecrets, observability } from "../../stacks/observability";
import { label } from "../support/recorder";

function described(raw: Readonly<Record<string, unknown>> = {}) {
  const settings = settingsFrom("dev", raw);
  const planner = dockerPlanner(hostOf(settings));
  const workloads = observability(settings, planner, describedSecrets);
  return { workloads, plan: planner.plan(workloads) };
}

const outsideOf = ({ name, ports }: Workload): string[] =>
  Object.entries(ports).flatMap(([port, { reach, outside }]) =>
    reach === "outside" ? [`${name}/${port} ${outside}`] : [],
  );

const container = "docker:index/container:Container";
const image = "docker:index/remoteImage:RemoteImage";
const volume = "docker:index/volume:Volume";

describe("the observability stack", () => {
  it("is these workloads, under names that must not change", () => {
    assert.deepEqual(
      described().workloads.map(({ component, name }) => `${component} ${name}`),
      [
        "collector:OtelCollector collector",
        "jaeger:Jaeger jaeger",
        "prometheus:Prometheus prometheus",
        "logs:VictoriaLogs victorialogs",
        "dashboards:Grafana grafana",
      ],
    );
  });

  it("is these objects on a Docker host, under names that must not change", () => {
    assert.deepEqual(described().plan.map(label), [
      "docker:index/network:Network sightline-dev",
      `${image} collector-image`,
      `${volume} collector-queue`,
      `${volume} collector-files-etc-otelcol-contrib`,
      `${container} collector-files`,
      `${container} collector`,
      `${image} jaeger-image`,
      `${volume} jaeger-badger`,
      `${volume} jaeger-files-etc-jaeger`,
      `${container} jaeger-files`,
      `${container} jaeger`,
      `${image} prometheus-image`,
      `${volume} prometheus-data`,
      `${volume} prometheus-files-etc-prometheus`,
      `${container} prometheus-files`,
      `${container} prometheus`,
      `${image} victorialogs-image`,
      `${volume} victorialogs-data`,
      `${volume} victorialogs-files-etc-victoria-logs`,
      `${container} victorialogs-files`,
      `${container} victorialogs`,
      `${image} grafana-image`,
      `${volume} grafana-data`,
      `${volume} grafana-files-etc-grafana-provisioning-dashboards`,
      `${volume} grafana-files-etc-grafana-provisioning-datasources`,
      `${container} grafana-files`,
      `${container} grafana`,
    ]);
  });

  it("keeps data in volumes whose names on the engine must not change", () => {
    const names = described().plan.flatMap(({ type, inputs }) => (type === volume ? [String(inputs["name"])] : []));
    assert.deepEqual(
      names.filter((name) => !name.includes("-files-")),
      [
        "sightline-dev-collector-queue",
        "sightline-dev-jaeger-badger",
        "sightline-dev-prometheus-data",
        "sightline-dev-victorialogs-data",
        "sightline-dev-grafana-data",
      ],
    );
  });

  it("is reached from outside under these numbers, and nowhere else", () => {
    assert.deepEqual(described({ ports: { jaeger: 26686 } }).workloads.flatMap(outsideOf), [
      "collector/otlp-grpc 4317",
      "collector/otlp-http 4318",
      "jaeger/query 26686",
      "jaeger/sampling 5778",
      "prometheus/http 9090",
      "victorialogs/http 9428",
      "grafana/http 3000",
    ]);
  });

  it("publishes OTLP alone on the address for OTLP", () => {
    const { plan } = described({ otlpAddress: "192.0.2.1", otlpTokens: { payments: "token" } });
    const published = plan.flatMap(({ inputs }) => (inputs["ports"] ?? []) as { external: number; ip: string }[]);
    assert.deepEqual(
      published.filter(({ ip }) => ip !== "127.0.0.1").map(({ external, ip }) => `${ip}:${external}`),
      ["192.0.2.1:4317", "192.0.2.1:4318"],
    );
  });

  it("gives Jaeger the password of its storage, and shows it to nobody", () => {
    const { workloads } = described({
      storage: { kind: "opensearch", external: { urls: ["https://search.example.com"], user: "jaeger" } },
      storagePassword: "s3cret",
    });
    const jaeger = workloads.find(({ name }) => name === "jaeger");
    assert.deepEqual(
      Object.values(jaeger?.env ?? {}).filter((value) => typeof value !== "string"),
      [describedSecrets.storagePassword, describedSecrets.login.password, describedSecrets.login.password],
    );
    assert.doesNotMatch(JSON.stringify(jaeger?.files), /s3cret|<storagePassword>/);
  });

  it("connects each workload with those it needs", () => {
    const connections = described().workloads.map(({ name, connects = [] }) => [
      name,
      ...connects.map(({ workload, port }) => `${workload}/${port}`),
    ]);
    assert.deepEqual(connections, [
      ["collector", "jaeger/otlp-grpc", "prometheus/http", "victorialogs/http"],
      ["jaeger", "prometheus/http"],
      ["prometheus", "collector/metrics", "jaeger/metrics", "victorialogs/http"],
      ["victorialogs"],
      ["grafana", "prometheus/http", "jaeger/query", "victorialogs/http"],
    ]);
  });

  it("gives Prometheus the rules of objectives, where there are any", () => {
    const rules = (raw: Readonly<Record<string, unknown>>) => {
      const files = described(raw).workloads.find(({ name }) => name === "prometheus")?.files ?? {};
      const file = files["/etc/prometheus/rules/objectives.yml"];
      return file !== undefined && "content" in file
        ? [...file.content.matchAll(/name: (.*)/g)].map(([, name]) => name)
        : [];
    };
    const objective = {
      ...{ service: "pay", route: "/pay", kind: "latency", objective: "99 %", under: "1s" },
      ...{ owner: "payments", runbook: "https://wiki.example.com/pay" },
    };
    assert.deepEqual(rules({}), []);
    assert.deepEqual(rules({ metricsRetention: "30d", objectives: [objective] }), [
      "objective pay-latency-pay-1s",
      "objective pay-latency-pay-1s over 30d",
    ]);
  });

  it("runs an Alertmanager where somebody is to be told, and shows nobody its secrets", () => {
    const { workloads, plan } = described({
      alerts: {
        receivers: [
          { name: "pager", kind: "pagerduty", severities: ["critical"] },
          { name: "deadman", kind: "webhook", url: "https://hooks.example.com:8443/beat" },
        ],
        watchdog: "deadman",
        links: { runbooks: "https://wiki.example.com/runbooks" },
      },
      receiverSecrets: { pager: "a routing key" },
    });
    const by = (wanted: string) => workloads.find(({ name }) => name === wanted);
    const { files = {}, externals } = by("alertmanager") ?? assert.fail("none");
    assert.deepEqual(Object.keys(files), [
      "/etc/alertmanager/alertmanager.yml",
      "/etc/alertmanager/web.yml",
      "/etc/alertmanager/secrets/pager",
    ]);
    assert.deepEqual(externals, [
      { host: "events.pagerduty.com", port: 443 },
      { host: "hooks.example.com", port: 8443 },
    ]);
    const text = JSON.stringify(plan);
    assert.doesNotMatch(text, /a routing key/);
    const config = by("prometheus")?.files?.["/etc/prometheus/prometheus.yml"];
    assert.match(config !== undefined && "content" in config ? config.content : "", /- alertmanager:9093/);
    assert.match(text, /https:\/\/wiki.example.com\/runbooks\/TargetDown.md/);
    assert.match(text, /alert: Watchdog/);
  });

  it("tells an Alertmanager of somebody else, which it lets Prometheus out to", () => {
    const { workloads } = described({ alerts: { alertmanager: "https://alerts.example.com/am" } });
    assert.deepEqual(
      workloads.map(({ name }) => name),
      ["collector", "jaeger", "prometheus", "victorialogs", "grafana"],
    );
    const { files = {}, externals } = workloads[2] ?? assert.fail("none");
    const config = files["/etc/prometheus/prometheus.yml"];
    assert.deepEqual(externals, [{ host: "alerts.example.com", port: 443 }]);
    const said = /alertmanagers:[^]*?rule_files/.exec(
      config !== undefined && "content" in config ? config.content : "",
    );
    assert.match(said?.[0] ?? "", /scheme: https\n\s+path_prefix: \/am\n[^]*alerts.example.com:443/);
  });

  it("does without Grafana where it is switched off, and is otherwise the same", () => {
    const all = described();
    const without = described({ grafana: false });
    assert.deepEqual(
      without.plan.map(label),
      all.plan.map(label).filter((name) => !/ grafana(-|$)/.test(name)),
    );
    assert.deepEqual(without.workloads, all.workloads.slice(0, -1));
  });

  it("gives Docker the memory of each workload, and the image set for it", () => {
    const { plan } = described({
      memory: { victorialogs: "768 MiB" },
      images: { victorialogs: { tag: "v1.52.2", version: "1.52.2" } },
    });
    const inputs = (wanted: string) => plan.find((object) => label(object) === wanted)?.inputs;
    assert.equal(inputs(`${container} victorialogs`)?.["memory"], 768);
    assert.equal(inputs(`${image} victorialogs-image`)?.["name"], "victoriametrics/victoria-logs:v1.52.2");
  });
});
