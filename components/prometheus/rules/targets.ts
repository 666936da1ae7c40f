import { collectorUptime, processStart } from "../metrics";
import type { AlertingRule, RuleGroups } from "../rule";

/** Every part of the stack answers, and stays up. */
export const targetRules = (processes: Readonly<Record<string, number>> = {}): RuleGroups => [
  {
    name: "targets",
    rules: [
      {
        alert: "TargetDown",
        expr: "up == 0",
        for: "2m",
        severity: "critical",
        summary: "{{ $labels.job }} does not answer",
        description:
          "Prometheus could not scrape {{ $labels.instance }} for two minutes. See whether its container runs, and read its last log lines.",
      },
      {
        alert: "TargetRestarts",
        expr: `changes(${processStart}[30m]) > 1 or resets(${collectorUptime}[30m]) > 1`,
        severity: "warning",
        summary: "{{ $labels.job }} keeps restarting",
        description:
          "{{ $labels.instance }} started anew {{ $value }} times within half an hour. An exit code of 137 means that it needed more memory than its limit: raise it. Otherwise its last log lines say why.",
      },
      ...(Object.keys(processes).length > 0 ? [missing(processes)] : []),
    ],
  },
];

/** A process that is away is no target where targets come from DNS: it is missing from the count alone. */
const missing = (processes: Readonly<Record<string, number>>): AlertingRule => ({
  alert: "ProcessesMissing",
  expr: Object.entries(processes)
    .map(
      ([job, least]) =>
        `label_replace((count(up{job="${job}"} == 1) or vector(0)) < ${least}, "job", "${job}", "", "")`,
    )
    .join(" or "),
  for: "5m",
  severity: "critical",
  summary: "Only {{ $value }} of {{ $labels.job }} are up",
  description:
    "Fewer answer than the settings ask for. See whether the others are placed on a node, and read their last log lines.",
});
