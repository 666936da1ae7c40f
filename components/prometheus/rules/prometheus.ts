import { changedSeries, unfitPoints } from "../fit";
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
        summary: "Prometheus cannot evaluate rules of {{ $labels.rule_group }}",
        description: "Alerts of this group may not fire. The page /rules of Prometheus shows the error of each rule.",
      },
      {
        alert: "MetricsStorageFails",
        expr: `increase(${prometheusCompactionsFailed}[1h]) > 0 or increase(${prometheusWalCorruptions}[1h]) > 0`,
        severity: "critical",
        summary: "Prometheus cannot compact its data or read its write-ahead log",
        description:
          "A compaction failed or the write-ahead log is damaged, usually because the disk is full or failing. The log of Prometheus says which.",
      },
      {
        alert: "MetricsVolumeFull",
        expr: `(${prometheusBlockBytes} + ${prometheusWalBytes} + ${prometheusHeadBytes}) / (${prometheusSizeLimit} > 0) > 1.1`,
        for: "15m",
        severity: "warning",
        summary: "Metrics use {{ $value | humanizePercentage }} of the disk limit of Prometheus",
        description:
          "Old blocks were removed, and even the most recent hours do not fit. Enlarge its volume, or send fewer series.",
      },
      {
        alert: "MetricsRetentionCut",
        expr: `increase(${prometheusSizeRetentions}[1d]) > 0`,
        severity: "info",
        summary: "Metrics are deleted before the end of their retention",
        description:
          "The volume is too small for the configured retention. Enlarge the volume, or shorten the retention.",
      },
      {
        alert: "MetricsTooOld",
        expr: `sum by (job, instance) (increase(${prometheusTooOld}[10m])) > 0 or sum by (job, instance) (increase(${unfitPoints}[10m])) > 0`,
        for: "10m",
        severity: "warning",
        summary: "Prometheus drops late metrics",
        description:
          "{{ $value | humanize }} samples within 10 minutes were older than the out-of-order window. Either a Collector is draining its queue after an outage, or the clock of a sender is wrong.",
      },
      {
        alert: "PointsChanged",
        expr: `count by (service_name) (${changedSeries}) > 0`,
        severity: "warning",
        summary: "Metrics of {{ $labels.service_name }} are modified before storage",
        description:
          "Points of {{ $value | humanize }} series have a timestamp in the future or none, no name, or no temporality. Prometheus would refuse them together with everything else in the same request. Check the clock and the SDK of the service.",
      },
    ],
  },
];
