import { collectorPorts, otelCollector } from "../components/collector/workload";
import { grafana } from "../components/dashboards/workload";
import { jaeger, jaegerPorts } from "../components/jaeger/workload";
import { loki, lokiPorts } from "../components/logs/workload";
import { prometheus, prometheusPorts } from "../components/prometheus/workload";
import type { Planner } from "../components/core/platform";
import type { Secret, Workload } from "../components/core/workload";
import { traceStorage } from "../components/storage";
import type { Settings } from "../configs/schema";
import { strategies } from "../configs/sampling";
import { tracingRules } from "../components/prometheus/rules";
import { everything } from "./pipelines";

/** Values no rendered file may show. */
export interface Secrets {
  readonly grafanaPassword: Secret;
  readonly grafanaSecretKey: Secret;
  readonly otlpToken?: Secret;
}

/** The whole architecture on one host: every span is kept, measured before it is stored, and linked to its logs. */
export function observability(settings: Settings, at: Planner, secrets: Secrets): Workload[] {
  const { images, memory, ports } = settings;
  const neighbours = {
    collector: at.locate("collector", collectorPorts),
    jaeger: at.locate("jaeger", jaegerPorts),
    prometheus: at.locate("prometheus", prometheusPorts),
    loki: at.locate("loki", lokiPorts),
  };
  const storage = traceStorage(settings.storage);

  return [
    otelCollector("collector", {
      image: images.collector,
      memory: memory.collector,
      pipelines: everything(
        settings,
        storage,
        neighbours,
        settings.otlpToken === undefined ? undefined : secrets.otlpToken,
      ),
    }),
    jaeger("jaeger", {
      image: images.jaeger,
      memory: memory.jaeger,
      storage,
      sampling: strategies(settings.sampling),
      metrics: neighbours.prometheus.http,
      outside: { query: ports.jaeger, sampling: ports.sampling },
    }),
    prometheus("prometheus", {
      image: images.prometheus,
      memory: memory.prometheus,
      retention: settings.metricsRetention,
      size: settings.metricsSize,
      scrape: {
        collector: [neighbours.collector.metrics],
        jaeger: [neighbours.jaeger.metrics],
        loki: [neighbours.loki.http],
      },
      rules: tracingRules(settings),
      outside: ports.prometheus,
    }),
    loki("loki", {
      image: images.loki,
      memory: memory.loki,
      retention: settings.logsRetention,
      size: settings.logsSize,
      outside: ports.loki,
    }),
    ...(settings.grafana
      ? [
          grafana("grafana", {
            image: images.grafana,
            memory: memory.grafana,
            prometheus: neighbours.prometheus.http,
            jaeger: neighbours.jaeger.query,
            logs: neighbours.loki.http,
            adminPassword: secrets.grafanaPassword,
            secretKey: secrets.grafanaSecretKey,
            outside: ports.grafana,
          }),
        ]
      : []),
  ];
}

/** Stand-ins that name each secret, for descriptions that no engine will run. */
export const describedSecrets: Secrets = {
  grafanaPassword: { secret: "<grafana-admin-password>" },
  grafanaSecretKey: { secret: "<grafana-secret-key>" },
  otlpToken: { secret: "<otlpToken>" },
};
