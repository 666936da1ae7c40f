import type { Duration, Size } from "../core/units";
import type { AbsolutePath, Port, Workload } from "../core/workload";
import type { Release } from "../images";
import { loki, lokiPorts } from "./loki/workload";
import { streams } from "./streams";
import { victoriaLogs, victoriaLogsPorts } from "./victorialogs/workload";

/** What every store of logs is given. */
export interface LogStoreArgs {
  readonly image?: Release;
  readonly retention?: Duration;
  readonly size: Size;
  readonly outside?: number | undefined;
  readonly memory?: Size;
}

/** A program that keeps log lines, as far as others need to know. */
export interface LogStore {
  readonly workload: (name: string, args: LogStoreArgs) => Workload<"http">;
  readonly ports: Readonly<Record<"http", Port>>;
  /** How log records are sent to it over OTLP/HTTP. */
  readonly otlp: {
    /** Where OTLP begins; `/v1/logs` is added. */
    readonly path: AbsolutePath;
    /** @default - none */
    readonly headers?: Readonly<Record<string, string>>;
  };
}

/** Every store of logs, by its kind, which is the name of its workload too. */
export const logStores = {
  victorialogs: {
    workload: victoriaLogs,
    ports: victoriaLogsPorts,
    otlp: { path: "/insert/opentelemetry", headers: { "VL-Stream-Fields": streams.join(",") } },
  },
  loki: { workload: loki, ports: lokiPorts, otlp: { path: "/otlp" } },
} as const satisfies Record<string, LogStore>;

export type LogStoreKind = keyof typeof logStores;
export const logStoreKinds = Object.keys(logStores) as [LogStoreKind, ...LogStoreKind[]];
