import * as pulumi from "@pulumi/pulumi";
import {
  collectorPorts,
  Component,
  dockerHost,
  external,
  Grafana,
  grafanaPorts,
  Jaeger,
  jaegerPorts,
  Prometheus,
  prometheusPorts,
  traceStorage,
  tracing,
  tracingRules,
  VictoriaLogs,
  victoriaLogsPorts,
  type StorageSpec,
} from "sightline";

// All of it on one host, with a target, an alert and a dashboard that are not the library's.
const config = new pulumi.Config();
const platform = dockerHost({ name: "whole" });
const jaeger = platform.locate("jaeger", jaegerPorts);
const prometheus = platform.locate("prometheus", prometheusPorts).http;
const logs = { kind: "victorialogs", at: platform.locate("victorialogs", victoriaLogsPorts).http } as const;
const kept: StorageSpec = { kind: "badger", size: "20 GiB", retention: "72h" };
const storage = traceStorage(kept);

new Jaeger("jaeger", { platform, storage, metrics: prometheus, outside: { query: 16686 } });
new VictoriaLogs("victorialogs", { platform, size: "10 GiB", retention: "7d" });
new Prometheus("prometheus", {
  platform,
  size: "10 GiB",
  scrape: {
    collector: [platform.locate("collector", collectorPorts).metrics],
    jaeger: [jaeger.metrics],
    node: [external("192.0.2.7:9100")],
  },
  rules: {
    ...tracingRules({ storage: kept }),
    shop: [
      {
        name: "shop",
        rules: [
          {
            alert: "CheckoutSlow",
            expr: "histogram_quantile(0.99, sum by (le) (rate(checkout_duration_seconds_bucket[5m]))) > 2",
            for: "10m",
            severity: "warning",
            summary: "Checkout takes more than 2 s for one customer in a hundred",
            description: "See the dashboard of the shop.",
          },
        ],
      },
    ],
  },
});
new Grafana("grafana", {
  platform,
  prometheus,
  jaeger: jaeger.query,
  logs,
  dashboards: { shop: { title: "Shop", uid: "shop", panels: [] } },
  adminPassword: { secret: config.requireSecret("grafanaPassword") },
  secretKey: { secret: config.requireSecret("grafanaKey") },
  outside: grafanaPorts.http.port,
});
for (const collector of tracing(
  { storage, jaeger: jaeger["otlp-grpc"], prometheus, logs, outside: { grpc: 4317, http: 4318 } },
  platform,
)) {
  new Component(collector, platform);
}
