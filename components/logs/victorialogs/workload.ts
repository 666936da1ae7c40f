import { goMemoryLimit, inBytes, inMilliseconds, type Duration, type Size } from "../../core/units";
import type { AbsolutePath, Workload } from "../../core/workload";
import { images } from "../../images";
import { argsProblems, type LogStoreArgs } from "../store";

const port = 9428;

export const victoriaLogsPorts = { http: { port } } as const;

const data: AbsolutePath = "/victoria-logs-data";
const password: AbsolutePath = "/etc/victoria-logs/password";

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
export function victoriaLogs(name: string, args: LogStoreArgs): Workload<"http"> {
  const { image = images.victorialogs, retention = "7d", size, outside, memory = "512 MiB", login } = args;
  const wrong = argsProblems("VictoriaLogs", { retention, size, memory });
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
      ...(login ? [`-httpAuth.username=${login.username}`, `-httpAuth.password=file://${password}`] : []),
    ],
    env: { GOMEMLIMIT: goMemoryLimit(memory) },
    ...(login && { files: { [password]: login.password } }),
    volumes: { [data]: { kind: "persistent", name: "data", size } },
    ports: {
      http: { port, ...(login && { asks: true }), ...(outside !== undefined && { reach: "outside", outside }) },
    },
    health: { port: "http", path: "/health", startup: "5m" },
    memory,
    problems: wrong,
  };
}
