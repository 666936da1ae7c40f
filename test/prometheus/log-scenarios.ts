import type { LogStoreKind } from "../../components/logs";
import { faults, of, still, type Scenario, type Series } from "./series";

const gib = 1024 ** 3;
const loki = `job="loki",instance="loki:3100"`;
const victorialogs = `job="victorialogs",instance="victorialogs:9428"`;
const disk = `${victorialogs},path="/victoria-logs-data"`;
const free = (share: number): Series => ({
  [`vl_free_disk_space_bytes{${disk}}`]: still(100 * share * gib),
  [`vl_total_disk_space_bytes{${disk}}`]: still(100 * gib),
});
const taken = (share: number): Series => ({
  [`vl_data_size_bytes{${victorialogs},type="storage"}`]: still(0.9 * share * 100 * gib),
  [`vl_data_size_bytes{${victorialogs},type="indexdb"}`]: still(0.1 * share * 100 * gib),
  [`vl_max_disk_space_usage_bytes{${disk}}`]: still(100 * gib),
});
const retention = (done: string, started: string): Series => ({
  [`loki_compactor_apply_retention_last_successful_run_timestamp_seconds{${loki}}`]: done,
  [`process_start_time_seconds{${loki}}`]: started,
});

/** One for each alert on a store of logs, by its kind. */
export const logScenarios: Readonly<Record<LogStoreKind, Readonly<Record<string, readonly Scenario[]>>>> = {
  victorialogs: {
    LogsDiscarded: faults(
      (at) => `vl_rows_dropped_total{job="victorialogs",instance="${at}",reason="too_many_fields"}`,
      {
        job: "victorialogs",
        reason: "too_many_fields",
      },
    ),
    LogStoreReadOnly: [
      {
        fires: { [`vl_storage_is_read_only{${disk}}`]: still(1) },
        quiet: { [`vl_storage_is_read_only{${disk}}`]: still(0) },
        labels: { job: "victorialogs" },
        value: "1",
      },
    ],
    LogDiskLow: [{ fires: free(0.125), quiet: free(0.25), labels: of(disk), value: "87.5%" }],
    LogRetentionShort: [{ fires: taken(0.95), quiet: taken(0.85), labels: { job: "victorialogs" }, value: "95%" }],
  },
  loki: {
    LogsDiscarded: faults((at) => `loki_discarded_samples_total{${loki},tenant="${at}",reason="line_too_long"}`, {
      job: "loki",
      reason: "line_too_long",
    }),
    LogDiskLow: [
      {
        fires: { [`loki_ingester_wal_disk_usage_percent{${loki}}`]: still(0.88) },
        quiet: { [`loki_ingester_wal_disk_usage_percent{${loki}}`]: still(0.8) },
        labels: of(loki),
        value: "88%",
      },
    ],
    LogRetentionStalled: [
      {
        fires: retention("100000x400", "0x400"),
        quiet: retention("0x100 200000x300", "0x400"),
        labels: of(loki),
        value: "104200",
        start: 200_000,
        at: "70m",
      },
      {
        fires: retention("0x400", "100000x400"),
        quiet: retention("0x400", "199000x400"),
        labels: of(loki),
        value: "104200",
        start: 200_000,
        at: "70m",
      },
    ],
  },
};
