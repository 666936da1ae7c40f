import { limitsAlong } from "../components/collector/limits";
import { collectorPorts, otelCollector } from "../components/collector/workload";
import { grafana } from "../components/dashboards/workload";
import { jaeger, jaegerPorts } from "../components/jaeger/workload";
import { logStores } from "../components/logs";
import { prometheus, prometheusPorts } from "../components/prometheus/workload";
import type { Planner } from "../components/core/platform";
import type { Secret, Workload } from "../components/core/workload";
import type { Settings } from "../configs/schema";
import { roomOf } from "../configs/names";
import { samples } from "../configs/roles";
import { strategies } from "../configs/sampling";
import { tracingRules } from "../components/prometheus/rules";
import { pipelinesOf } from "./pipelines";
import { measuresVolumes } from "./pipelines/agent";
import { fewestOf, runningOf } from "./roles";
import { bufferOf } from "./buffer";
import { storageOf } from "./storage";

/** Values no rendered file may show. */
export interface Secrets {
  readonly grafanaPassword: Secret;
  readonly grafanaSecretKey: Secret;
  readonly otlpToken?: Secret;
  readonly storagePassword?: Secret;
  readonly bufferPassword?: Secret;
}

/**
 * The whole architecture. Spans pass Collectors in the order of the roles, are measured before anything could lose them,
 * and are linked to their logs; one Collector that does everything is the same with a shorter list.
 */
export function observability(settings: Settings, at: Planner, secrets: Secrets): Workload[] {
  const {
    images,
    memory,
    ports,
    roles,
    logs: { kind: logs },
  } = settings;
  const running = runningOf(settings);
  const limits = limitsAlong(roles.length, memory[roles[0] ?? "collector"]);
  const collectors = roles.map((role) => at.locate(role, collectorPorts, running[role].placement));
  const neighbours = {
    jaeger: at.locate("jaeger", jaegerPorts),
    prometheus: at.locate("prometheus", prometheusPorts),
    logs: at.locate(logs, logStores[logs].ports),
  };
  const { storage, workloads: stored } = storageOf(settings, at, secrets);
  const buffer = bufferOf(settings, at, secrets);
  const engines = [...stored, ...(buffer?.engines ?? [])];
  const workloads = [
    ...engines,
    ...roles.map((role, i) =>
      otelCollector(role, {
        image: images.collector,
        memory: memory[role],
        ...running[role],
        pipelines: pipelinesOf[role]({
          ...neighbours,
          settings,
          storage,
          buffer,
          next: (collectors[i + 1] ?? neighbours.jaeger)["otlp-grpc"],
          first: i === 0,
          limits: limits[i]!,
          token: settings.otlpToken === undefined ? undefined : secrets.otlpToken,
        }),
      }),
    ),
    jaeger("jaeger", {
      image: images.jaeger,
      memory: memory.jaeger,
      storage,
      ...(buffer && { buffer }),
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
        ...Object.fromEntries(roles.map((role, i) => [role, [collectors[i]!.metrics]])),
        jaeger: [neighbours.jaeger.metrics],
        [logs]: [neighbours.logs.http],
      },
      rules: tracingRules({
        storage: settings.storage,
        logs,
        tailSampling: samples(settings),
        buffer: buffer !== undefined,
        room: roomOf(settings),
        ...watched(settings, stored, buffer?.engines),
        processes: fewestOf(settings),
      }),
      outside: ports.prometheus,
    }),
    logStores[logs].workload(logs, {
      image: images[logs],
      memory: memory[logs],
      retention: settings.logsRetention,
      size: settings.logsSize,
      outside: ports[logs],
    }),
    ...(settings.grafana
      ? [
          grafana("grafana", {
            image: images.grafana,
            memory: memory.grafana,
            prometheus: neighbours.prometheus.http,
            jaeger: neighbours.jaeger.query,
            logs: { kind: logs, at: neighbours.logs.http },
            adminPassword: secrets.grafanaPassword,
            secretKey: secrets.grafanaSecretKey,
            outside: ports.grafana,
          }),
        ]
      : []),
  ];
  return workloads.map((workload) => reserving(workload, settings.cpu[workload.name as keyof Settings["cpu"]]));
}

/** Volumes of engines and brokers, where there are any and agents measure them. */
function watched(settings: Settings, stored: readonly Workload[], brokers: readonly Workload[] = []) {
  const held = (workloads: readonly Workload[]) =>
    workloads
      .filter(({ volumes = {} }) => Object.values(volumes).some(({ kind }) => kind === "persistent"))
      .map(({ name }) => name);
  const volumes = { engines: held(stored), brokers: held(brokers) };
  return measuresVolumes(settings) && volumes.engines.length + volumes.brokers.length > 0 ? { volumes } : {};
}

/** A workload that may count on a share of CPUs. */
const reserving = (workload: Workload, cpu: number | undefined): Workload =>
  cpu === undefined ? workload : { ...workload, cpu };

/** Stand-ins that name each secret, for descriptions that no engine will run. */
export const describedSecrets: Secrets = {
  grafanaPassword: { secret: "<grafana-admin-password>" },
  grafanaSecretKey: { secret: "<grafana-secret-key>" },
  otlpToken: { secret: "<otlpToken>" },
  storagePassword: { secret: "<storagePassword>" },
  bufferPassword: { secret: "<bufferPassword>" },
};
