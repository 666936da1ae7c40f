import { lokiDiscarded, lokiDiskUsed, lokiRetentionDone, processStart } from "../metrics";
import type { RuleGroups } from "../rule";
import { grew } from "./counters";

/** Loki keeps what it is sent, and removes what is old. */
export const lokiRules: RuleGroups = [
  {
    name: "loki",
    rules: [
      {
        alert: "LogsDiscarded",
        expr: grew(lokiDiscarded, "job, reason"),
        severity: "warning",
        summary: "Loki discards log lines: {{ $labels.reason }}",
        description:
          "{{ $value | humanize }} lines within 10 minutes exceeded one of its limits. rate_limited is temporary, because the Collector retries; every other reason needs smaller or fewer attributes, or a higher limit.",
      },
      {
        alert: "LogDiskLow",
        expr: `${lokiDiskUsed} > 0.85`,
        for: "5m",
        severity: "critical",
        summary: "The disk of {{ $labels.job }} is {{ $value | humanizePercentage }} full",
        description:
          "A volume on a Docker host shares its disk with everything else on that host. From 90 % on, Loki accepts no more lines. Free space, or shorten a retention.",
      },
      {
        alert: "LogRetentionStalled",
        // Since the last run, or since start where there was none yet.
        expr: `time() - (${lokiRetentionDone} > 0 or on (job, instance) (${processStart} and on (job, instance) ${lokiRetentionDone})) > 86400`,
        for: "1h",
        severity: "warning",
        summary: "Loki has not removed old logs for a day",
        description: "Its disk fills up. Check the compactor lines in the log of {{ $labels.job }}.",
      },
    ],
  },
];
