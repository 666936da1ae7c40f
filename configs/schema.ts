import { isIP } from "node:net";
import { z } from "zod";
import { images, type ImageName, type Release } from "../components/images";
import { isName } from "../components/core/names";
import { refuse, type Problem } from "../components/core/problems";
import { isDuration, isSize, type Duration, type Size } from "../components/core/units";
import { isVersion, type Version } from "../components/core/version";
import type { StorageSpec } from "../components/storage";
import { unknownKeys, type Raw } from "./unknown-keys";

const size = z.custom<Size>((value) => typeof value === "string" && isSize(value), "must be a size with its unit");
const duration = z.custom<Duration>(
  (value) => typeof value === "string" && isDuration(value),
  "must be a duration with its unit",
);
const version = z.custom<Version>((value) => typeof value === "string" && isVersion(value), "must be three numbers");
const address = z.custom<string>((value) => typeof value === "string" && isIP(value) !== 0, "must be an IP address");
const port = z.int("must be a whole number").min(1, "must be at least 1").max(65535, "must be at most 65535");
const name = z.custom<string>(
  (value) => typeof value === "string" && (value === "" || isName(value)),
  "must be lower case letters, digits and hyphens",
);
const engine = z
  .string("must be a text")
  .regex(/^(unix:\/\/\/|tcp:\/\/|ssh:\/\/)\S+$/, "must be the URL of a Docker engine");
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
  platform: z.enum(["docker"], "must be docker").default("docker"),
  dockerHost: engine.default("unix:///var/run/docker.sock"),
  otlpAddress: address.default("127.0.0.1"),
  uiAddress: address.default("127.0.0.1"),
  uiWithoutAuthentication: z.boolean("must be true or false").default(false),
  otlpToken: z.custom<Input>((value) => value !== "", "must not be empty").optional(),
  durability: z.enum(["memory", "disk", "disk-fsync"], "must be memory, disk or disk-fsync").default("disk"),
  queueSize: size.default("2 GiB"),
  storage: z
    .looseObject({ kind: z.string("must be a text") }, "must be an object with a kind")
    .default({ kind: "badger", size: "20 GiB", retention: "72h" }),
  sampling: z
    .string("must be a text")
    .regex(/^[\w-]+\.json$/, "must be a file name in configs/sampling")
    .default("dev.json"),
  metricsRetention: duration.default("15d"),
  metricsSize: size.default("10 GiB"),
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
      loki: port.default(3100),
      grafana: port.default(3000),
    })
    .prefault({}),
  memory: z
    .strictObject({
      collector: size.default("512 MiB"),
      jaeger: size.default("1 GiB"),
      prometheus: size.default("1 GiB"),
      loki: size.default("512 MiB"),
      grafana: size.default("512 MiB"),
    })
    .prefault({}),
  images: z
    .strictObject({
      collector: image.optional(),
      jaeger: image.optional(),
      prometheus: image.optional(),
      loki: image.optional(),
      grafana: image.optional(),
    })
    .prefault({}),
});

/** A setting that may be a Pulumi secret: an Output in a program, a plain text elsewhere. */
type Input = NonNullable<unknown>;

/** Settings of a stack, complete and checked. */
export interface Settings extends Omit<z.infer<typeof schema>, "name" | "images" | "storage"> {
  /** Prefix of every physical name. */
  readonly name: string;
  readonly images: Readonly<Record<ImageName, Release>>;
  readonly storage: StorageSpec;
}

/** What to write, for the remedy of a problem: by setting, or by its last key. */
const examples: Readonly<Record<string, string>> = {
  name: "sightline-dev",
  dockerHost: "unix:///var/run/docker.sock or ssh://user@host",
  otlpAddress: "127.0.0.1, or 0.0.0.0 together with otlpToken",
  uiAddress: "127.0.0.1",
  queueSize: '"2 GiB"',
  storage: '{ kind: badger, size: "20 GiB", retention: "72h" }',
  sampling: "dev.json",
  metricsRetention: '"15d"',
  logsRetention: '"7d"',
  metricsSize: '"10 GiB"',
  logsSize: '"10 GiB"',
  memory: '"512 MiB"',
  ports: "a number from 1 to 65535",
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
  const data = schema.parse(raw);
  const settings: Settings = {
    ...data,
    name: data.name || `sightline-${stack}`,
    storage: data.storage as StorageSpec,
    images: Object.fromEntries(
      Object.entries(images).map(([key, pinned]) => [key, { ...pinned, ...data.images[key as ImageName] }]),
    ) as Record<ImageName, Release>,
  };
  refuse(subject, [...exposure(settings), ...versions(data.images)]);
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
      reason: "Jaeger, Prometheus and Loki do not ask who is there",
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
