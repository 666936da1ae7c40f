import { isIP } from "node:net";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { images, imagesFrom, isRegistry, type ImageName, type Release } from "../components/images";
import { isEngine } from "../components/core/address";
import { isName } from "../components/core/names";
import { refuse, type Problem } from "../components/core/problems";
import { logStoreKinds } from "../components/logs";
import { isVersion, type Version } from "../components/core/version";
import type { BufferOptions } from "../components/buffer/buffer";
import type { StorageSpec } from "../components/storage";
import type { KubernetesOptions } from "../components/platforms/kubernetes/options";
import { kubernetes } from "./kubernetes";
import { agent, gateway, roleProblems, roles, sampler, tailSampling } from "./roles";
import { nameProblems, names } from "./names";
import { plan, planProblems, raised } from "./plan";
import { buffer, bufferProblems } from "./buffer";
import { storage, storageProblems } from "./storage";
import { cpus, duration, size } from "./values";
import { unknownKeys, type Raw } from "./unknown-keys";

const version = z.custom<Version>((value) => typeof value === "string" && isVersion(value), "must be three numbers");
const address = z.custom<string>((value) => typeof value === "string" && isIP(value) !== 0, "must be an IP address");
const port = z.int("must be a whole number").min(1, "must be at least 1").max(65535, "must be at most 65535");
const name = z.custom<string>(
  (value) => typeof value === "string" && (value === "" || isName(value)),
  "must be lower case letters, digits and hyphens",
);
const engine = z.custom<string>(
  (value) => typeof value === "string" && isEngine(value),
  "must be the URL of a Docker engine",
);
const registry = z.custom<string>(
  (value) => typeof value === "string" && (value === "" || isRegistry(value)),
  "must be a registry without a scheme, and perhaps a path in it",
);
const image = z.strictObject({
  repository: z.string("must be a text").min(1, "must not be empty").optional(),
  tag: z
    .string("must be a text")
    .regex(/^[\w][\w.-]{0,127}$/, "must be a tag")
    .optional(),
  version: version.optional(),
  digest: z
    .string("must be a text")
    .regex(/^sha256:[0-9a-f]{64}$/, "must be sha256: and 64 hexadecimal digits")
    .optional(),
  user: z
    .string("must be a text")
    .regex(/^\d+:\d+$/, "must be a user and a group as numbers")
    .optional(),
});

/**
 * Every setting of a stack, as it stands in `Pulumi.<stack>.yaml`. Pulumi.yaml repeats keys and defaults for the engine,
 * and a test holds the two together.
 */
export const schema = z.strictObject({
  name: name.default(""),
  platform: z.enum(["docker", "kubernetes"], "must be docker or kubernetes").default("docker"),
  dockerHost: engine.default("unix:///var/run/docker.sock"),
  otlpAddress: address.default("127.0.0.1"),
  uiAddress: address.default("127.0.0.1"),
  uiWithoutAuthentication: z.boolean("must be true or false").default(false),
  kubernetes: kubernetes.default({}),
  otlpToken: z.custom<Input>((value) => value !== "", "must not be empty").optional(),
  storagePassword: z.custom<Input>((value) => value !== "", "must not be empty").optional(),
  durability: z.enum(["memory", "disk", "disk-fsync"], "must be memory, disk or disk-fsync").default("disk"),
  queueSize: size.default("2 GiB"),
  buffer: buffer.default({}),
  bufferPassword: z.custom<Input>((value) => value !== "", "must not be empty").optional(),
  storage: storage.default({ kind: "badger", size: "20 GiB", retention: "72h" }),
  sampling: z
    .string("must be a text")
    .regex(/^[\w-]+\.json$/, "must be a file name in configs/sampling")
    .default("dev.json"),
  plan: plan.default({}),
  roles: roles.default(["collector"]),
  agent: agent.prefault({}),
  gateway: gateway.prefault({}),
  sampler: sampler.prefault({}),
  tailSampling: tailSampling.default({}),
  names: names.prefault({}),
  metricsRetention: duration.default("15d"),
  metricsSize: size.default("10 GiB"),
  logs: z
    .strictObject({ kind: z.enum(logStoreKinds, `must be ${logStoreKinds.join(" or ")}`).default("victorialogs") })
    .prefault({}),
  logsRetention: duration.default("7d"),
  logsSize: size.default("10 GiB"),
  grafana: z.boolean("must be true or false").default(true),
  ports: z
    .strictObject({
      otlpGrpc: port.default(4317),
      otlpHttp: port.default(4318),
      jaeger: port.default(16686),
      sampling: port.default(5778),
      prometheus: port.default(9090),
      victorialogs: port.default(9428),
      loki: port.default(3100),
      grafana: port.default(3000),
    })
    .prefault({}),
  memory: z
    .strictObject({
      collector: size.default("512 MiB"),
      agent: size.default("512 MiB"),
      gateway: size.default("1 GiB"),
      sampler: size.default("2 GiB"),
      jaeger: size.default("1 GiB"),
      prometheus: size.default("1 GiB"),
      victorialogs: size.default("512 MiB"),
      loki: size.default("512 MiB"),
      grafana: size.default("512 MiB"),
    })
    .prefault({}),
  cpu: z
    .strictObject({
      collector: cpus.optional(),
      agent: cpus.optional(),
      gateway: cpus.optional(),
      sampler: cpus.optional(),
      jaeger: cpus.optional(),
      prometheus: cpus.optional(),
      victorialogs: cpus.optional(),
      loki: cpus.optional(),
      grafana: cpus.optional(),
    })
    .default({}),
  registry: registry.default(""),
  images: z
    .strictObject({
      collector: image.optional(),
      jaeger: image.optional(),
      prometheus: image.optional(),
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
    .prefault({}),
});

/** A setting that may be a Pulumi secret: an Output in a program, a plain text elsewhere. */
type Input = NonNullable<unknown>;

/** Settings of a stack, complete and checked. */
export interface Settings extends Omit<
  z.infer<typeof schema>,
  "name" | "images" | "storage" | "buffer" | "kubernetes"
> {
  /** Prefix of every physical name. */
  readonly name: string;
  readonly images: Readonly<Record<ImageName, Release>>;
  readonly storage: StorageSpec;
  /** @default - the last Collector sends to Jaeger */
  readonly buffer?: BufferOptions | undefined;
  readonly kubernetes: Omit<KubernetesOptions, "name">;
}

/** What to write, for the remedy of a problem: by setting, or by its last key. */
const examples: Readonly<Record<string, string>> = {
  name: "sightline-dev",
  dockerHost: "unix:///var/run/docker.sock or ssh://user@host",
  otlpAddress: "127.0.0.1, or 0.0.0.0 together with otlpToken",
  uiAddress: "127.0.0.1",
  queueSize: '"2 GiB"',
  storage: '{ kind: badger, size: "20 GiB", retention: "72h" }',
  buffer: '{ managed: { nodes: 3, size: "50 GiB" } }',
  sampling: "dev.json",
  metricsRetention: '"15d"',
  logs: "{ kind: victorialogs }",
  logsRetention: '"7d"',
  metricsSize: '"10 GiB"',
  logsSize: '"10 GiB"',
  plan: "{ requestsPerDay: 1000000, endpoints: 600 }",
  roles: "[agent, gateway, sampler]",
  gateway: "{ replicas: 2 }",
  sampler: '{ replicas: 2, decisionWait: "30s" }',
  names: "{ identifiers: replace, seriesPerService: 500 }",
  tailSampling: '{ errors: true, slowerThan: "2s", percent: 10 }',
  kubernetes: "{ namespace: tracing, storageClass: fast }",
  memory: '"512 MiB"',
  cpu: "0.5",
  ports: "a number from 1 to 65535",
  registry: "registry.example.com/mirror",
  images: '{ tag: "2.20.0", version: "2.20.0" }',
};

/**
 * Checks raw settings and completes them with defaults.
 *
 * @throws Refusal with every problem
 */
export function settingsFrom(stack: string, raw: Raw): Settings {
  const subject = `settings of stack "${stack}"`;
  const parsed = schema.safeParse(raw);
  const unknown = unknownKeys(schema, raw);
  const issues = parsed.success ? [] : parsed.error.issues.filter(({ code }) => code !== "unrecognized_keys");
  refuse(subject, [...unknown, ...issues.map((issue) => problemOf(issue, raw))]);
  const data = raised(schema.parse(raw), schema.parse({}));
  const settings: Settings = {
    ...data,
    name: data.name || `sightline-${stack}`,
    storage: data.storage as StorageSpec,
    buffer: Object.keys(data.buffer).length === 0 ? undefined : (data.buffer as unknown as BufferOptions),
    kubernetes: data.kubernetes as Settings["kubernetes"],
    images: Object.fromEntries(
      Object.entries(data.registry === "" ? images : imagesFrom(data.registry)).map(([key, pinned]) => [
        key,
        { ...pinned, ...data.images[key as ImageName] },
      ]),
    ) as Record<ImageName, Release>,
  };
  refuse(subject, [
    ...elsewhere(data),
    ...exposure(settings),
    ...roleProblems(settings),
    ...nameProblems(settings),
    ...storageProblems(settings),
    ...bufferProblems(settings),
    ...planProblems(settings),
    ...versions(data.images),
  ]);
  return settings;
}

function problemOf({ path, message, code }: z.core.$ZodIssue, raw: Raw): Problem {
  const value = path.reduce<unknown>((held, key) => (held as Raw | undefined)?.[key as string], raw);
  const example = examples[String(path[0])];
  return {
    path: path.join("."),
    ...(value !== undefined && { value }),
    reason:
      code === "invalid_type" && !message.startsWith("must")
        ? `must be ${/expected (\w+)/.exec(message)?.[1] ?? "given"}`
        : message,
    remedy: example === undefined ? "see the settings table in the README" : `write for example ${example}`,
  };
}

/** Settings that one platform alone has, and where the other has the same thing. */
const onePlatform = {
  docker: {
    dockerHost: "set kubernetes.context or kubernetes.kubeconfig",
    otlpAddress: "name agent/otlp-grpc in kubernetes.expose",
    uiAddress: "name jaeger/query or grafana/http in kubernetes.expose",
    uiWithoutAuthentication: "say who asks in kubernetes.expose",
    ports: "leave it out: names there have ports of their own",
  },
  kubernetes: { kubernetes: "leave it out, or set platform: kubernetes" },
} as const;

/** What stands in the file and would change nothing. Pulumi hands defaults over too, so those do not count. */
function elsewhere(data: z.infer<typeof schema>): Problem[] {
  const platform = data.platform === "docker" ? "kubernetes" : "docker";
  const defaults: Raw = schema.parse({});
  return Object.entries(onePlatform[platform])
    .filter(([key]) => !isDeepStrictEqual((data as Raw)[key], defaults[key]))
    .map(([key, remedy]) => ({
      path: key,
      value: (data as Raw)[key],
      reason: `of no meaning where platform is ${data.platform}`,
      remedy,
    }));
}

const isLoopback = (ip: string) => ip.startsWith("127.") || ip === "::1";

/** What must not be reachable by accident. */
function exposure({ otlpAddress, otlpToken, uiAddress, uiWithoutAuthentication }: Settings): Problem[] {
  const problems: Problem[] = [];
  if (!isLoopback(otlpAddress) && otlpToken === undefined) {
    problems.push({
      path: "otlpAddress",
      value: otlpAddress,
      reason: "OTLP would be open to everybody who reaches this address",
      remedy: "set otlpToken with `pulumi config set --secret otlpToken …`, or write 127.0.0.1",
    });
  }
  if (!isLoopback(uiAddress) && !uiWithoutAuthentication) {
    problems.push({
      path: "uiAddress",
      value: uiAddress,
      reason: "Jaeger, Prometheus and the store of logs do not ask who is there",
      remedy: "write 127.0.0.1 and put a proxy that authenticates in front, or set uiWithoutAuthentication: true",
    });
  }
  return problems;
}

/** A tag of one's own says nothing about the program inside, and configuration is written for a version. */
function versions(overrides: z.infer<typeof schema>["images"]): Problem[] {
  return Object.entries(overrides)
    .filter(([, override]) => override?.tag !== undefined && override.version === undefined)
    .map(([key, override]) => ({
      path: `images.${key}.version`,
      reason: `missing beside tag ${JSON.stringify(override?.tag)}`,
      remedy: 'write the version of the program in that image, as "2.20.0"',
    }));
}
