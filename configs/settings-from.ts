import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import type { BufferOptions } from "../components/buffer/buffer";
import { refuse, type Problem } from "../components/core/problems";
import { images, imagesFrom, type ImageName, type Release } from "../components/images";
import type { WrittenKubernetesOptions } from "../components/platforms/kubernetes/options";
import { privacyProblems } from "../components/privacy";
import { slo, type Objective } from "../components/prometheus/objectives";
import type { SamplingBudget } from "../components/sampling/budget";
import type { StorageSpec } from "../components/storage";
import { chainProblems, nameProblems } from "../components/tracing";
import { alertProblems } from "./alerts";
import { bufferProblems } from "./buffer";
import { objectiveProblems } from "./objectives";
import { planProblems } from "./plan";
import { tokenProblems } from "./otlp-tokens";
import { meaningOf, schema, type SettingName } from "./schema";
import { budgetOf } from "./sampling-budget";
import { storageProblems } from "./storage";
import { unknownKeys, type Raw } from "./unknown-keys";
import type { Input } from "./values";

/** Settings of a stack, complete and checked. */
export interface Settings extends Omit<
  z.infer<typeof schema>,
  | "name"
  | "images"
  | "storage"
  | "buffer"
  | "samplingBudget"
  | "kubernetes"
  | "objectives"
  | "receiverSecrets"
  | "otlpTokens"
> {
  /** Prefix of every physical name. */
  readonly name: string;
  readonly images: Readonly<Record<ImageName, Release>>;
  readonly storage: StorageSpec;
  /** @default - the last Collector sends to Jaeger */
  readonly buffer?: BufferOptions | undefined;
  /** With the profile that it names. @default - no budget */
  readonly samplingBudget?: SamplingBudget | undefined;
  readonly objectives: readonly Objective[];
  /** By name of the team, or whatever tells tokens apart. @default - nobody is asked */
  readonly otlpTokens?: Readonly<Record<string, Input>> | undefined;
  /** By name of the receiver. */
  readonly receiverSecrets: Readonly<Record<string, Input>>;
  readonly kubernetes: WrittenKubernetesOptions;
}

/**
 * Checks raw settings and completes them with defaults.
 *
 * @param found problems that only whoever reads secrets can see
 * @throws Refusal with every problem
 */
export function settingsFrom(stack: string, raw: Raw, found: readonly Problem[] = []): Settings {
  const subject = `settings of stack "${stack}"`;
  const parsed = schema.safeParse(raw);
  const unknown = unknownKeys(schema, raw);
  const issues = parsed.success ? [] : parsed.error.issues.filter(({ code }) => code !== "unrecognized_keys");
  refuse(subject, [...unknown, ...issues.map((issue) => problemOf(issue, raw))]);
  const data = schema.parse(raw);
  const { budget, problems: unbudgeted } = budgetOf(data);
  const settings: Settings = {
    ...data,
    samplingBudget: budget,
    name: data.name || `sightline-${stack}`,
    storage: data.storage as StorageSpec,
    buffer: Object.keys(data.buffer).length === 0 ? undefined : (data.buffer as unknown as BufferOptions),
    objectives: data.objectives.map(slo),
    receiverSecrets: data.receiverSecrets ?? {},
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
    ...tokenProblems(settings),
    ...found,
    ...unbudgeted,
    ...chainProblems(settings),
    ...nameProblems(settings),
    ...privacyProblems(settings.privacy),
    ...storageProblems(settings),
    ...bufferProblems(settings),
    ...planProblems(settings),
    ...objectiveProblems(settings),
    ...alertProblems(settings),
    ...versions(data.images),
  ]);
  return settings;
}

function problemOf({ path, message, code }: z.core.$ZodIssue, raw: Raw): Problem {
  const value = path.reduce<unknown>((held, key) => (held as Raw | undefined)?.[key as string], raw);
  const name = String(path[0]);
  const example = name in schema.shape ? meaningOf(name as SettingName).example : undefined;
  return {
    path: path.join("."),
    ...(value !== undefined && { value }),
    reason:
      code === "invalid_type" && !message.startsWith("must")
        ? `must be ${/expected (\w+)/.exec(message)?.[1] ?? "given"}`
        : message,
    remedy: example === undefined ? "see docs/settings.md" : `write, for example, ${example}`,
  };
}

/** Settings that one platform alone has, and where the other has the same thing. */
const onePlatform = {
  docker: {
    dockerHost: "set kubernetes.context or kubernetes.kubeconfig",
    otlpAddress: "add agent/otlp-grpc to kubernetes.expose",
    uiAddress: "add jaeger/query or grafana/http to kubernetes.expose",
    uiWithoutAuthentication: "set authentication in kubernetes.expose",
    ports: "remove it: on Kubernetes every Service has its own ports",
  },
  kubernetes: { kubernetes: "remove it, or set platform: kubernetes" },
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
      reason: `has no effect when platform is ${data.platform}`,
      remedy,
    }));
}

const isLoopback = (ip: string) => ip.startsWith("127.") || ip === "::1";

/** What must not be reachable by accident. */
function exposure({ otlpAddress, otlpTokens, uiAddress, uiWithoutAuthentication }: Settings): Problem[] {
  const problems: Problem[] = [];
  if (!isLoopback(otlpAddress) && otlpTokens === undefined) {
    problems.push({
      path: "otlpAddress",
      value: otlpAddress,
      reason: "anyone who can reach this address could send OTLP",
      remedy: "set a token with `pulumi config set --secret --path otlpTokens.<team> …`, or write 127.0.0.1",
    });
  }
  if (!isLoopback(uiAddress) && !uiWithoutAuthentication) {
    problems.push({
      path: "uiAddress",
      value: uiAddress,
      reason: "Jaeger, Prometheus and the log store have no authentication",
      remedy: "write 127.0.0.1 and put an authenticating proxy in front, or set uiWithoutAuthentication: true",
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
      reason: `missing, but tag is ${JSON.stringify(override?.tag)}`,
      remedy: 'write the version of the program in that image, as "2.20.0"',
    }));
}
