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
          "{{ $value | humanize }} lines within ten minutes are gone, though it answered that it took them. too_small_timestamp: older than logsRetention. too_big_timestamp: more than two days in the future, so a sender's clock is wrong. too_many_fields: more than 1,000 attributes. Its log shows such lines.",
      },
      {
        alert: "LogStoreReadOnly",
        expr: `max by (job) (${victoriaLogsReadOnly}) == 1`,
        severity: "critical",
        summary: "{{ $labels.job }} takes no log lines: its disk is full",
        description:
          "Lines wait in the Collectors' queues, and senders are refused once those are full. Free space, or lower logsSize or logsRetention.",
      },
      {
        alert: "LogDiskLow",
        expr: `1 - ${victoriaLogsDiskFree} / ${victoriaLogsDiskTotal} > 0.85`,
        for: "5m",
        severity: "critical",
        summary: "The disk of {{ $labels.job }} is {{ $value | humanizePercentage }} full",
        description:
          "A volume on a Docker host shares its disk with everything else there. VictoriaLogs takes no more lines when 10 MB are left: free space, or shorten a retention.",
      },
      {
        alert: "LogRetentionShort",
        expr: `sum by (job) (${victoriaLogsDataBytes}) / on (job) max by (job) (${victoriaLogsSizeLimit}) > 0.9`,
        for: "10m",
        severity: "warning",
        summary: "Log lines will go before their time: {{ $value | humanizePercentage }} of their room is used",
        description:
          "The oldest day is removed when they take all of it, which is four fifths of logsSize. Raise logsSize, or lower logsRetention.",
      },
    ],
  },
];
