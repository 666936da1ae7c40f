import { z } from "zod";
import { isEngine } from "../components/core/address";
import { isName } from "../components/core/names";
import { isRegistry } from "../components/images";
import { logStoreKinds } from "../components/logs";
import { tracingDefaults } from "../components/tracing";
import { alerts } from "./alerts";
import { buffer } from "./buffer";
import { image } from "./image";
import { kubernetes } from "./kubernetes";
import { names } from "./names";
import { objectives } from "./objectives";
import { plan } from "./plan";
import { privacy } from "./privacy";
import { agent, gateway, roles, sampler, tailSampling } from "./roles";
import { samplingBudget } from "./sampling-budget";
import { storage } from "./storage";
import { address, cpus, duration, flag, input, port, size, textThat } from "./values";

const name = textThat((value) => value === "" || isName(value), "must be lower case letters, digits and hyphens");
const engine = textThat(isEngine, "must be the URL of a Docker engine");
const registry = textThat(
  (value) => value === "" || isRegistry(value),
  "must be a registry without a scheme, and perhaps a path in it",
);

/** What is said of a setting beside its type and default. */
export interface Meaning {
  /** For Pulumi.yaml, docs/settings.md and editors. */
  readonly description: string;
  /** What to write, as in a stack file, for the remedy of a problem. */
  readonly example?: string;
  /** Its value, or each value in it, is encrypted. Pulumi.yaml cannot declare one: Pulumi would demand a value for it. */
  readonly secret?: true;
}

/**
 * Every setting of a stack, as it stands in `Pulumi.<stack>.yaml`. `npm run render` writes from it what Pulumi.yaml
 * declares, the table in docs/settings.md, and the schema for editors.
 */
export const schema = z.strictObject({
  name: name.default("").meta({
    description: "Prefix of every container and volume, or the namespace. Empty: sightline- and the name of the stack",
    example: "sightline-dev",
  }),
  platform: z.enum(["docker", "kubernetes"], "must be docker or kubernetes").default("docker").meta({
    description: "Where the stack runs: docker (one Docker host) or kubernetes",
  }),
  dockerHost: engine.default("unix:///var/run/docker.sock").meta({
    description: "Docker engine: unix:///path, tcp://host:port or ssh://user@host",
    example: "unix:///var/run/docker.sock or ssh://user@host",
  }),
  otlpAddress: address.default("127.0.0.1").meta({
    description: "IP address on which OTLP is published. Anything but loopback requires otlpTokens",
    example: "127.0.0.1, or 0.0.0.0 together with otlpTokens",
  }),
  uiAddress: address.default("127.0.0.1").meta({
    description:
      "IP address on which every other port is published. Anything but loopback requires uiWithoutAuthentication",
    example: "127.0.0.1",
  }),
  uiWithoutAuthentication: flag.default(false).meta({
    description: "Accept that anyone who can reach uiAddress can read all traces, metrics and logs",
  }),
  guard: flag.default(false).meta({
    description: "Run a guard before the first Collector, which refuses requests that the Collector has no memory for",
  }),
  kubernetes: kubernetes.default({}).meta({
    description: "Cluster, namespaces, classes, and how ports are exposed: the options of kubernetes()",
    example: "{ namespace: tracing, storageClass: fast }",
  }),
  durability: z
    .enum(["memory", "disk", "disk-fsync"], "must be memory, disk or disk-fsync")
    .default(tracingDefaults.durability)
    .meta({
      description:
        "Where spans wait for the next hop: memory, disk (survives a crash) or disk-fsync (survives a power cut)",
    }),
  queueSize: size.default(tracingDefaults.queueSize).meta({
    description: "Disk for what waits in each Collector",
    example: '"2 GiB"',
  }),
  storage: storage.default({ kind: "badger", size: "20 GiB", retention: "72h" }).meta({
    description: "Trace storage of Jaeger: kind and its options, see docs/storage.md",
    example: '{ kind: badger, size: "20 GiB", retention: "72h" }',
  }),
  buffer: buffer.default({}).meta({
    description: "Kafka in which traces wait for Jaeger, external or managed, see docs/storage.md",
    example: '{ managed: { nodes: 3, size: "50 GiB" } }',
  }),
  sampling: z
    .string("must be a string")
    .regex(/^[\w-]+\.json$/, "must be a file name in configs/sampling")
    .default("dev.json")
    .meta({ description: "Head sampling strategies, a file in configs/sampling", example: "dev.json" }),
  plan: plan.default({}).meta({
    description: "Expected traffic, in the words of sightline plan. Settings too small for it are warned of",
    example: "{ requestsPerDay: 1000000, endpoints: 600 }",
  }),
  roles: roles.default([...tracingDefaults.roles]).meta({
    description: "Collectors, first to last: [collector] does everything, [agent, gateway, sampler] share the work",
    example: "[agent, gateway, sampler]",
  }),
  agent: agent.prefault({}).meta({
    description:
      "What the node reader beside the agent of each node measures and reads. kubeletMetrics is off, verified or unverified",
  }),
  gateway: gateway.prefault({}).meta({
    description: "How many gateways: a number, or { min, max, cpuPercent }",
    example: "{ replicas: 2 }",
  }),
  sampler: sampler.prefault({}).meta({
    description:
      "How many samplers, how long a trace waits for its last span, and how many traces a second there is room for",
    example: '{ replicas: 2, decisionWait: "30s" }',
  }),
  tailSampling: tailSampling.default({}).meta({
    description: "Traces to keep: errors, slowerThan, attributes, spansPerSecond, percent. Empty keeps all",
    example: '{ errors: true, slowerThan: "2s", percent: 10 }',
  }),
  samplingBudget: samplingBudget.default({}).meta({
    description:
      "What may be kept of all traces, instead of tailSampling: budget (200 spans/s, 5 %, 50 GiB/month), profile, window, always, perRoute, perService, see docs/sampling.md",
    example: '{ budget: "200 spans/s", always: { errors: true }, window: "1h" }',
  }),
  names: names.prefault({}).meta({
    description:
      "Span names: whether identifiers in them become {id} (replace or keep), and for how many names of each service there are series of their own (seriesPerService)",
    example: "{ identifiers: replace, seriesPerService: 500 }",
  }),
  privacy: privacy.prefault({}).meta({
    description:
      "What is redacted in spans, points and log lines at the first hop: rules turned on or off, patterns of your own by name, attributes to leave as they are (keep)",
    example: "{ rules: { emails: false }, patterns: { customer-number: 'KD-[0-9]{6}' }, keep: [app.support.mail] }",
  }),
  metricsRetention: duration.default("15d").meta({
    description: "How long Prometheus keeps metrics",
    example: '"15d"',
  }),
  metricsSize: size.default("10 GiB").meta({
    description: "Disk for Prometheus. It deletes the oldest data before it is full",
    example: '"10 GiB"',
  }),
  objectives: objectives.default([]).meta({
    description:
      "Objectives of services: service, kind (availability or latency), objective, owner, runbook, see docs/objectives.md",
    example:
      '[{ service: pay, kind: availability, objective: "99.9 %", owner: shop, runbook: "https://wiki.example.com/pay" }]',
  }),
  alerts: alerts.prefault({}).meta({
    description:
      "Who gets alerts: receivers (name, kind, severities, owners), watchdog, or the address of another alertmanager, see docs/alerts.md",
    example: "{ receivers: [{ name: pager, kind: pagerduty, severities: [critical] }] }",
  }),
  logs: z
    .strictObject({ kind: z.enum(logStoreKinds, `must be ${logStoreKinds.join(" or ")}`).default("victorialogs") })
    .prefault({})
    .meta({
      description: "Where log lines are kept: kind is victorialogs, or loki, whose official image is pulled",
      example: "{ kind: victorialogs }",
    }),
  logsRetention: duration.default("7d").meta({ description: "How long log lines are kept", example: '"7d"' }),
  logsSize: size.default("10 GiB").meta({
    description:
      "Disk for log lines. VictoriaLogs removes the oldest days before it is full; Loki does not, so an alert watches it",
    example: '"10 GiB"',
  }),
  grafana: flag.default(true).meta({ description: "Run Grafana" }),
  ports: z
    .strictObject({
      otlpGrpc: port.default(4317),
      otlpHttp: port.default(4318),
      jaeger: port.default(16686),
      sampling: port.default(5778),
      prometheus: port.default(9090),
      alertmanager: port.default(9093),
      victorialogs: port.default(9428),
      loki: port.default(3100),
      grafana: port.default(3000),
    })
    .prefault({})
    .meta({ description: "Port numbers on the host", example: "a number from 1 to 65535" }),
  memory: z
    .strictObject({
      collector: size.default(tracingDefaults.memory.collector),
      agent: size.default(tracingDefaults.memory.agent),
      "node-reader": size.default(tracingDefaults.memory["node-reader"]),
      gateway: size.default(tracingDefaults.memory.gateway),
      sampler: size.default(tracingDefaults.memory.sampler),
      jaeger: size.default("1 GiB"),
      prometheus: size.default("1 GiB"),
      alertmanager: size.default("256 MiB"),
      victorialogs: size.default("512 MiB"),
      loki: size.default("512 MiB"),
      grafana: size.default("512 MiB"),
    })
    .prefault({})
    .meta({ description: "Memory limit of each process", example: '"512 MiB"' }),
  cpu: z
    .strictObject({
      collector: cpus.optional(),
      agent: cpus.optional(),
      "node-reader": cpus.optional(),
      gateway: cpus.optional(),
      sampler: cpus.optional(),
      jaeger: cpus.optional(),
      prometheus: cpus.optional(),
      alertmanager: cpus.optional(),
      victorialogs: cpus.optional(),
      loki: cpus.optional(),
      grafana: cpus.optional(),
    })
    .default({})
    .meta({
      description: "CPUs reserved for each process, by the names of memory. Nothing is reserved by default",
      example: "0.5",
    }),
  registry: registry.default("").meta({
    description:
      "Registry that has all images, as registry.example.com/mirror, except those with a repository in images",
    example: "registry.example.com/mirror",
  }),
  images: z
    .strictObject({
      collector: image.optional(),
      guard: image.optional(),
      jaeger: image.optional(),
      prometheus: image.optional(),
      alertmanager: image.optional(),
      victorialogs: image.optional(),
      loki: image.optional(),
      grafana: image.optional(),
      esRollover: image.optional(),
      esIndexCleaner: image.optional(),
      opensearch: image.optional(),
      elasticsearch: image.optional(),
      cassandra: image.optional(),
      kafka: image.optional(),
    })
    .prefault({})
    .meta({
      description: "Other images than configs/versions.json pins, by program: repository, tag, version, digest",
      example: '{ tag: "2.20.0", version: "2.20.0" }',
    }),
  otlpTokens: z.record(z.string(), input, "must be names and tokens").optional().meta({
    description: "Bearer tokens that senders of OTLP must present, by name of the team",
    secret: true,
  }),
  storagePassword: input.optional().meta({
    description: "Password of a storage that requires one",
    secret: true,
  }),
  bufferPassword: input.optional().meta({
    description: "Password of a buffer that requires one",
    secret: true,
  }),
  receiverSecrets: z.record(z.string(), input, "must be names and secrets").optional().meta({
    description: "What each receiver of alerts authenticates with, by its name",
    secret: true,
  }),
});

export type SettingName = keyof typeof schema.shape;

/** What is said of a setting. */
export const meaningOf = (name: SettingName): Meaning => schema.shape[name].meta() as unknown as Meaning;

/** Settings whose values nobody may read in a file. */
export const secretSettings = (Object.keys(schema.shape) as SettingName[]).filter((name) => meaningOf(name).secret);

/** Those that hold several, each under a name that is no secret. */
export const secretMaps = secretSettings.filter((name) => schema.shape[name].def.innerType instanceof z.ZodRecord);
