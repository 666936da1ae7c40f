import type { Receiver } from "../components/alertmanager/receiver";
import { edgesFor, seriesFor } from "../components/capacity/metrics";
import { grafana } from "../components/dashboards/workload";
import { guardPorts } from "../components/guard/config";
import { guard } from "../components/guard/workload";
import { jaeger, jaegerPorts } from "../components/jaeger/workload";
import { logStores } from "../components/logs";
import { prometheus, prometheusPorts } from "../components/prometheus/workload";
import { alertmanager, alertmanagerPorts } from "../components/alertmanager/workload";
import { external, type Planner } from "../components/core/platform";
import type { Login } from "../components/core/login";
import type { Secret, Workload } from "../components/core/workload";
import type { Settings } from "../configs/settings-from";
import { strategies } from "../configs/sampling";
import { tracingRules, type TracingRulesOptions } from "../components/prometheus/rules";
import type { NameRoom } from "../components/prometheus/rules/names";
import {
  affordable,
  fewestOf,
  guardOf,
  locateAll,
  locateNodeReader,
  measuresVolumes,
  roomOf,
  samplersOf,
  samples,
  tracing,
} from "../components/tracing";
import { bufferOf } from "./buffer";
import { storageOf } from "./storage";
import { ownNode, tracingOptions } from "./tracing";

/** Values no rendered file may show. */
export interface Secrets {
  /** What stores ask of the stack's own parts, and of people. */
  readonly login: Login;
  readonly grafanaPassword: Secret;
  readonly grafanaSecretKey: Secret;
  /** A file with a token in each line. */
  readonly otlpTokens?: Secret;
  readonly storagePassword?: Secret;
  readonly bufferPassword?: Secret;
  /** By name of the receiver. */
  readonly receivers?: Readonly<Record<string, Secret>>;
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
  const { login } = secrets;
  const neighbours = {
    jaeger: at.locate("jaeger", jaegerPorts),
    prometheus: { ...at.locate("prometheus", prometheusPorts).http, login },
    alertmanager: { ...at.locate("alertmanager", alertmanagerPorts).http, login },
    logs: { ...at.locate(logs, logStores[logs].ports).http, ...(logStores[logs].asks && { login }) },
  };
  const { storage, workloads: stored } = storageOf(settings, at, secrets);
  const buffer = bufferOf(settings, at, secrets);
  const path = {
    ...tracingOptions(settings, secrets),
    storage,
    buffer,
    jaeger: { ...neighbours.jaeger["otlp-grpc"], login },
    prometheus: neighbours.prometheus,
    logs: { kind: logs, at: neighbours.logs },
  };
  const collectors = locateAll(path, at);
  const nodeReader = locateNodeReader(path, at);
  const { alerts } = settings;
  const own = alerts.receivers.length > 0;
  const told = own
    ? neighbours.alertmanager
    : alerts.alertmanager === undefined
      ? undefined
      : external(alerts.alertmanager);
  const guarding = settings.guard ? guardOf(path, at) : undefined;
  const engines = [...stored, ...(buffer?.engines ?? [])];
  const workloads = [
    ...engines,
    ...(guarding ? [guard("guard", { ...guarding, image: images.guard })] : []),
    ...tracing(path, at),
    jaeger("jaeger", {
      image: images.jaeger,
      memory: memory.jaeger,
      storage,
      ...(buffer && { buffer }),
      sampling: strategies(settings.sampling),
      metrics: neighbours.prometheus,
      login,
      outside: { query: ports.jaeger, sampling: ports.sampling },
    }),
    prometheus("prometheus", {
      image: images.prometheus,
      memory: memory.prometheus,
      retention: settings.metricsRetention,
      size: settings.metricsSize,
      scrape: {
        ...(guarding && { guard: [at.locate("guard", guardPorts, guarding.placement).metrics] }),
        ...Object.fromEntries(roles.map((role, i) => [role, [collectors[i]!.metrics]])),
        ...(nodeReader && { "node-reader": [nodeReader.metrics] }),
        jaeger: [neighbours.jaeger.metrics],
        [logs]: [neighbours.logs],
        ...(own && { alertmanager: [neighbours.alertmanager] }),
      },
      alertmanager: told,
      login,
      rules: tracingRules({
        storage: settings.storage,
        logs,
        tailSampling: samples(settings),
        budget: watchedBudget(settings),
        buffer: buffer !== undefined,
        guard: settings.guard,
        room: roomIn(settings),
        ...watched(settings, stored, buffer?.engines),
        processes: fewestOf(roles, settings, path.node),
        alerting: told !== undefined,
      }),
      objectives: settings.objectives,
      ...(alerts.links && { links: alerts.links }),
      outside: ports.prometheus,
    }),
    ...(own
      ? [
          alertmanager("alertmanager", {
            image: images.alertmanager,
            memory: memory.alertmanager,
            receivers: receiversOf(settings, secrets),
            watchdog: alerts.watchdog,
            login,
            outside: ports.alertmanager,
          }),
        ]
      : []),
    logStores[logs].workload(logs, {
      image: images[logs],
      memory: memory[logs],
      retention: settings.logsRetention,
      size: settings.logsSize,
      ...(logStores[logs].asks && { login }),
      outside: ports[logs],
    }),
    ...(settings.grafana
      ? [
          grafana("grafana", {
            image: images.grafana,
            memory: memory.grafana,
            prometheus: neighbours.prometheus,
            jaeger: { ...neighbours.jaeger.query, login },
            logs: path.logs,
            adminPassword: secrets.grafanaPassword,
            secretKey: secrets.grafanaSecretKey,
            outside: ports.grafana,
          }),
        ]
      : []),
  ];
  return workloads.map((workload) => reserving(workload, settings.cpu[workload.name as keyof Settings["cpu"]]));
}

/** Services, edges, traces and series that Collectors and Prometheus have room for. */
function roomIn(settings: Settings): NameRoom {
  const room = roomOf(settings);
  const { prometheus: memory } = settings.memory;
  return { ...room, edges: Math.min(room.edges, edgesFor(memory)), series: seriesFor(memory) };
}

/** Who is told, each with its secret. */
const receiversOf = ({ alerts, receiverSecrets }: Settings, { receivers: known = {} }: Secrets): Receiver[] =>
  alerts.receivers.map((receiver) => ({
    ...receiver,
    ...(receiverSecrets[receiver.name] !== undefined && {
      secret: known[receiver.name] ?? { secret: `<receiverSecrets.${receiver.name}>` },
    }),
  })) as Receiver[];

/** What alerts ask of a sampling budget, where there is one. */
function watchedBudget(settings: Settings): TracingRulesOptions["budget"] {
  const samplers = samplersOf(settings);
  const plan = affordable({ samplingBudget: settings.samplingBudget, samplers });
  if (plan === undefined) return undefined;
  const unknown = plan.buckets.find(({ name }) => name === "unknown")?.rate ?? 0;
  return {
    spansPerSecond: plan.spansPerSecond * samplers,
    window: settings.samplingBudget?.window ?? "1h",
    unknownPerSecond: plan.classes.length > 0 ? unknown * samplers : undefined,
  };
}

/** Volumes of engines and brokers, where there are any and they are measured. */
function watched(settings: Settings, stored: readonly Workload[], brokers: readonly Workload[] = []) {
  const held = (workloads: readonly Workload[]) =>
    workloads
      .filter(({ volumes = {} }) => Object.values(volumes).some(({ kind }) => kind === "persistent"))
      .map(({ name }) => name);
  const volumes = { engines: held(stored), brokers: held(brokers) };
  return measuresVolumes(ownNode(settings)) &&
    settings.roles.includes("agent") &&
    volumes.engines.length + volumes.brokers.length > 0
    ? { volumes }
    : {};
}

/** A workload that may count on a share of CPUs. */
const reserving = (workload: Workload, cpu: number | undefined): Workload =>
  cpu === undefined ? workload : { ...workload, cpu };

/** The user that stores know. */
export const storesUser = "sightline";

/** Stand-ins that name each secret, for descriptions that no engine will run. */
export const describedSecrets: Secrets = {
  login: {
    username: storesUser,
    password: { secret: "<stores-password>", made: '"$PASSWORD"' },
    header: { secret: "<stores-header>", made: `"Basic $(printf '${storesUser}:%s' "$PASSWORD" | base64 --wrap=0)"` },
    webConfig: {
      secret: "<stores-web-config>",
      made: `"basic_auth_users: { $(htpasswd -nbBC 10 ${storesUser} "$PASSWORD" | sed 's/:/: /') }"`,
    },
  },
  grafanaPassword: { secret: "<grafana-admin-password>" },
  grafanaSecretKey: { secret: "<grafana-secret-key>" },
  otlpTokens: { secret: "<otlpTokens>" },
  storagePassword: { secret: "<storagePassword>" },
  bufferPassword: { secret: "<bufferPassword>" },
};
