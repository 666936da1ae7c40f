import assert from "node:assert/strict";
import type { Workload } from "../../components/core/workload";
import { dockerPlanner } from "../../components/platforms/docker/plan";
import { settingsFrom } from "../../configs/schema";
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
    const { plan } = described({ otlpAddress: "192.0.2.1", otlpToken: "token" });
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
      [describedSecrets.storagePassword],
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
