import { images, type Release } from "../images";
import { yaml, type Config } from "../core/config";
import { isSize, type Duration, type Size } from "../core/units";
import { atLeast, type Version } from "../core/version";
import type { AbsolutePath, Port, Workload } from "../core/workload";
import * as check from "./checks";
import { collectorConfig } from "./config";
import { healthCheck, healthPort } from "./extensions/health-check";
import type { Extension } from "./part";
import type { Pipelines } from "./pipeline";
import { goRuntime, memoryLimiter } from "./processors/memory-limiter";
import { otlpPorts } from "./receivers/otlp";
import { metricsPort, selfTelemetry } from "./telemetry";

/** Ports by which neighbours know a Collector that receives OTLP. */
export const collectorPorts = { ...otlpPorts, ...metricsPort, ...healthPort } as const satisfies Record<string, Port>;
export type CollectorPort = keyof typeof collectorPorts;

export interface OtelCollectorArgs {
  readonly pipelines: Pipelines;
  /** Extensions no part refers to. A health check is always there. @default - none */
  readonly extensions?: readonly Extension[];
  /** @default - as pinned in configs/versions.json */
  readonly image?: Release;
  /** Memory the process may use. Pipelines without a memory limiter get one that knows it. @default "512 MiB" */
  readonly memory?: Size;
  /** Share of CPUs it may count on. @default - no reservation */
  readonly cpu?: number;
  /** @default { replicas: 1 } */
  readonly placement?: Workload["placement"];
  /** Time to send what waits before it is killed. @default "30s" */
  readonly grace?: Duration;
  /** Time it goes on receiving while senders learn that it leaves. @default - none */
  readonly drain?: Duration;
  /** The last word on its configuration. @default - it stays as derived */
  readonly customize?: (config: Config) => Config;
}

/** Oldest Collector whose keys this library writes. */
const floor: Version = "0.158.0";
const configFile: AbsolutePath = "/etc/otelcol-contrib/config.yaml";

/**
 * An OpenTelemetry Collector. Sections, ports, volumes, secrets and rights follow from its pipelines; it measures itself
 * on port 8888 and answers on 13133 when its pipelines run.
 */
export function otelCollector(
  name: string,
  {
    pipelines,
    extensions = [],
    image = images.collector,
    memory = "512 MiB",
    cpu,
    placement,
    grace,
    drain,
    customize = (config) => config,
  }: OtelCollectorArgs,
): Workload<CollectorPort> {
  const { config, needs, featureGates, problems } = collectorConfig({
    distribution: { name: "otelcol-contrib", collector: image.version },
    pipelines,
    limiter: memoryLimiter({ memory }),
    extensions: [healthCheck(), ...extensions],
    telemetry: selfTelemetry({ name }),
  });
  // A Collector without an OTLP receiver has no such ports; neighbours learn so when they cannot reach them.
  const ports = { ...needs.ports, ...metricsPort, ...healthPort } as Readonly<Record<CollectorPort, Port>>;
  return {
    ...needs,
    name,
    component: "collector:OtelCollector",
    image,
    args: [`--config=${configFile}`, ...(featureGates.length > 0 ? [`--feature-gates=${featureGates.join(",")}`] : [])],
    env: { ...needs.env, ...(isSize(memory) && goRuntime(memory)) },
    files: { ...needs.files, [configFile]: { content: yaml(customize(config)) } },
    ports,
    health: { port: "health", path: "/" },
    memory,
    ...(cpu !== undefined && { cpu }),
    ...(placement !== undefined && { placement }),
    ...(grace !== undefined && { grace }),
    ...(drain !== undefined && { drain }),
    problems: [
      ...check.some("pipelines", Object.keys(pipelines), "write 1 or more"),
      ...check.size("memory", memory),
      ...check.duration("drain", drain),
      ...check.unless(atLeast(image.version, floor), {
        path: "image.version",
        value: image.version,
        reason: `older than ${floor}`,
        remedy: "choose a newer image",
      }),
      ...problems,
    ],
  };
}
