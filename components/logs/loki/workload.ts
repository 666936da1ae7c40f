import { duration, size as isSize, unless } from "../../collector/checks";
import { yaml } from "../../core/config";
import type { Problem } from "../../core/problems";
import { goMemoryLimit, inMilliseconds, type Duration, type Size } from "../../core/units";
import type { AbsolutePath, Workload } from "../../core/workload";
import { images, type Release } from "../../images";
import { data, lokiConfig, port } from "./config";

export interface LokiArgs {
  /** @default - as pinned in configs/versions.json */
  readonly image?: Release;
  /** How long lines are kept, a day or more. @default "7d" */
  readonly retention?: Duration;
  /** Room for them. Loki does not keep to it by itself: its alert LogDiskLow watches the disk beneath. */
  readonly size: Size;
  /**
   * Number under which the outside reaches it, to query and to send logs: nobody is asked for a password.
   *
   * @default - neighbours alone reach it
   */
  readonly outside?: number | undefined;
  /** @default "512 MiB" */
  readonly memory?: Size;
}

export const lokiPorts = { http: { port } } as const;

const config: AbsolutePath = "/etc/loki/config.yaml";

/**
 * Loki: keeps logs. They are sent to it over OTLP/HTTP at `/otlp`.
 *
 * Refuses a retention below a day: Loki removes whole days of its index.
 */
export function loki(name: string, args: LokiArgs): Workload<"http"> {
  const { image = images.loki, retention = "7d", size, outside, memory = "512 MiB" } = args;
  const wrong = problems({ retention, size, memory });
  return {
    name,
    component: "logs:Loki",
    image,
    args: [`-config.file=${config}`],
    env: { GOMEMLIMIT: goMemoryLimit(memory) },
    files: wrong.length > 0 ? {} : { [config]: { content: yaml(lokiConfig({ retention, memory })) } },
    volumes: { [data]: { kind: "persistent", name: "data", size, ownedByImage: true } },
    ports: { http: { port, ...(outside !== undefined && { reach: "outside", outside }) } },
    health: {
      port: "http",
      path: "/ready",
      command: ["/usr/bin/loki", "-health", `-health.url=http://127.0.0.1:${port}/ready`],
      // It reads its write-ahead log before it answers.
      startup: "5m",
    },
    memory,
    problems: wrong,
  };
}

const problems = ({ retention, size, memory }: { retention: Duration; size: Size; memory: Size }): Problem[] => [
  ...isSize("size", size),
  ...isSize("memory", memory),
  ...duration("retention", retention),
  ...unless(!(inMilliseconds(retention) < inMilliseconds("24h")), {
    path: "retention",
    value: retention,
    reason: "less than a day, which is the least that Loki can remove",
    remedy: 'keep logs for "24h" or longer',
  }),
];
