import {
  victoriaLogsDataBytes,
  victoriaLogsDiskFree,
  victoriaLogsDiskTotal,
  victoriaLogsDropped,
  victoriaLogsReadOnly,
  victoriaLogsSizeLimit,
} from "../metrics";
import type { RuleGroups } from "../rule";
import { grew } from "./counters";

/** VictoriaLogs keeps what it is sent, and removes what is old. */
export const victoriaLogsRules: RuleGroups = [
  {
    name: "victorialogs",
    rules: [
      {
        alert: "LogsDiscarded",
        expr: grew(victoriaLogsDropped, "job, reason"),
        severity: "warning",
        summary: "VictoriaLogs discards log lines: {{ $labels.reason }}",
        description:
          "{{ $value | humanize }} lines within 10 minutes were lost although it acknowledged them. too_small_timestamp: older than logsRetention. too_big_timestamp: more than 2 days in the future, so the clock of a sender is wrong. too_many_fields: more than 1,000 attributes. Its log shows such lines.",
      },
      {
        alert: "LogStoreReadOnly",
        expr: `max by (job) (${victoriaLogsReadOnly}) == 1`,
        severity: "critical",
        summary: "{{ $labels.job }} accepts no log lines: its disk is full",
        description:
          "Log lines wait in the queues of the Collectors; senders are refused once those are full. Free space, or lower logsSize or logsRetention.",
      },
      {
        alert: "LogDiskLow",
        expr: `1 - ${victoriaLogsDiskFree} / ${victoriaLogsDiskTotal} > 0.85`,
        for: "5m",
        severity: "critical",
        summary: "The disk of {{ $labels.job }} is {{ $value | humanizePercentage }} full",
        description:
          "A volume on a Docker host shares its disk with everything else on that host. VictoriaLogs accepts no more lines when only 10 MB are free. Free space, or shorten a retention.",
      },
      {
        alert: "LogRetentionShort",
        expr: `sum by (job) (${victoriaLogsDataBytes}) / on (job) max by (job) (${victoriaLogsSizeLimit}) > 0.9`,
        for: "10m",
        severity: "warning",
        summary: "Log lines will be deleted early: {{ $value | humanizePercentage }} of their disk limit is used",
        description:
          "The oldest day is deleted when they reach the limit, 4/5 of logsSize. Raise logsSize, or lower logsRetention.",
      },
    ],
  },
];
