import { loki, lokiPorts } from "./loki/workload";
import type { LogStore } from "./store";
import { streams } from "./streams";
import { victoriaLogs, victoriaLogsPorts } from "./victorialogs/workload";

/** Every store of logs, by its kind, which is the name of its workload too. */
export const logStores = {
  victorialogs: {
    workload: victoriaLogs,
    ports: victoriaLogsPorts,
    asks: true,
    otlp: { path: "/insert/opentelemetry", headers: { "VL-Stream-Fields": streams.join(",") } },
    // Source: -opentelemetry.maxRequestSize in the -help of VictoriaLogs 1.52.
    takes: "64 MiB",
    window: (retention) => retention,
  },
  loki: {
    workload: loki,
    ports: lokiPorts,
    // It knows certificates alone.
    asks: false,
    otlp: { path: "/otlp" },
    // Source: distributor.max_recv_msg_size and limits_config.reject_old_samples_max_age of Loki 3.7.
    takes: "100 MiB",
    window: () => "7d",
  },
} as const satisfies Record<string, LogStore>;

export type { LogStore, LogStoreArgs } from "./store";
export type LogStoreKind = keyof typeof logStores;
export const logStoreKinds = Object.keys(logStores) as [LogStoreKind, ...LogStoreKind[]];
