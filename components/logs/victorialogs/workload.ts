import { duration, size as isSize, unless } from "../../collector/checks";
import type { Problem } from "../../core/problems";
import { goMemoryLimit, inBytes, inMilliseconds, type Duration, type Size } from "../../core/units";
import type { AbsolutePath, Workload } from "../../core/workload";
import { images, type Release } from "../../images";

export interface VictoriaLogsArgs {
  /** @default - as pinned in configs/versions.json */
  readonly image?: Release;
  /** How long lines are kept, a day or more. Older ones are refused, and counted. @default "7d" */
  readonly retention?: Duration;
  /** Room for them. The oldest days are removed when four fifths of it are used. */
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

const port = 9428;

export const victoriaLogsPorts = { http: { port } } as const;

const data: AbsolutePath = "/victoria-logs-data";

/** Bytes above which old days go: parts are merged into new ones before the old ones are removed. */
const kept = (size: Size): number => Math.floor(inBytes(size) * 0.8);

/** In hours, the smallest unit its flag has. */
const hours = (retention: Duration): string => `${Math.ceil(inMilliseconds(retention) / 3_600_000)}h`;

/**
 * VictoriaLogs: keeps logs. They are sent to it over OTLP/HTTP at `/insert/opentelemetry`, and asked for in LogsQL.
 *
 * What it has answered is in memory before it is on disk, so killed outright it loses its last seconds: 2.4 to 3.0 s of
 * what came, in three tries; asked to stop, it writes first. Refuses a retention below a day: it removes whole days.
 *
 * Source: docs/victorialogs/README.md of VictoriaLogs 1.52, and its `-help`.
 */
export function victoriaLogs(name: string, args: VictoriaLogsArgs): Workload<"http"> {
  const { image = images.victorialogs, retention = "7d", size, outside, memory = "512 MiB" } = args;
  const wrong = problems({ retention, size, memory });
  return {
    name,
    component: "logs:VictoriaLogs",
    image,
    args: [
      `-storageDataPath=${data}`,
      ...(wrong.length > 0
        ? []
        : [`-retentionPeriod=${hours(retention)}`, `-retention.maxDiskSpaceUsageBytes=${kept(size)}`]),
      // The least there is: with the default of 5 s the process would take more with it.
      "-inmemoryDataFlushInterval=1s",
      // Caches. The rest is for requests being read and queries being answered.
      ...(wrong.length > 0 ? [] : [`-memory.allowedBytes=${Math.floor(inBytes(memory) * 0.4)}`]),
      // Pages of other origins read nothing, and no other VictoriaLogs writes or reads here.
      "-http.disableCORS",
      "-internalinsert.disable",
      "-internalselect.disable",
    ],
    env: { GOMEMLIMIT: goMemoryLimit(memory) },
    volumes: { [data]: { kind: "persistent", name: "data", size } },
    ports: { http: { port, ...(outside !== undefined && { reach: "outside", outside }) } },
    health: { port: "http", path: "/health", startup: "5m" },
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
    reason: "less than a day, which is the least that VictoriaLogs can remove",
    remedy: 'keep logs for "24h" or longer',
  }),
];
