import {
  prometheusBlockBytes,
  prometheusCompactionsFailed,
  prometheusHeadBytes,
  prometheusRuleFailures,
  prometheusSizeLimit,
  prometheusSizeRetentions,
  prometheusTooOld,
  prometheusWalBytes,
  prometheusWalCorruptions,
} from "../metrics";
import type { RuleGroups } from "../rule";

/** Prometheus evaluates, keeps and removes what it should. */
export const prometheusRules: RuleGroups = [
  {
    name: "prometheus",
    rules: [
      {
        alert: "RulesFail",
        expr: `sum by (job, rule_group) (increase(${prometheusRuleFailures}[10m])) > 0`,
        severity: "critical",
        summary: "Rules of {{ $labels.rule_group }} cannot be evaluated",
        description:
          "Alerts of this group may stay silent. The page /rules of Prometheus shows the error beside each rule.",
      },
      {
        alert: "MetricsStorageFails",
        expr: `increase(${prometheusCompactionsFailed}[1h]) > 0 or increase(${prometheusWalCorruptions}[1h]) > 0`,
        severity: "critical",
        summary: "Prometheus cannot keep its data in order",
        description:
          "A compaction failed or the write-ahead log is damaged: mostly a full or failing disk. Its log says which.",
      },
      {
        alert: "MetricsVolumeFull",
        expr: `(${prometheusBlockBytes} + ${prometheusWalBytes} + ${prometheusHeadBytes}) / (${prometheusSizeLimit} > 0) > 1.1`,
        for: "15m",
        severity: "warning",
        summary: "Metrics take {{ $value | humanizePercentage }} of what Prometheus may keep",
        description:
          "Old blocks have been removed, and the newest hours alone do not fit. Give its volume more room, or send fewer series.",
      },
      {
        alert: "MetricsRetentionCut",
        expr: `increase(${prometheusSizeRetentions}[1d]) > 0`,
        severity: "info",
        summary: "Metrics are removed before their retention is over",
        description:
          "The volume is too small for the retention that was asked for. Give it more room, or ask for less.",
      },
      {
        alert: "MetricsTooOld",
        expr: `sum by (job, instance) (increase(${prometheusTooOld}[10m])) > 0`,
        for: "10m",
        severity: "warning",
        summary: "Prometheus drops metrics that come too late",
        description:
          "{{ $value | humanize }} samples within ten minutes were older than the window for late ones. A Collector that had been cut off empties its queue, or the clock of a sender is wrong.",
      },
    ],
  },
];
