import { collectorUptime, processStart } from "../metrics";
import type { AlertingRule, RuleGroups } from "../rule";

/**
 * Every part of the stack answers, and stays up.
 *
 * @param jobs whose targets are watched, in a Prometheus that has others too; all where it is left out
 */
export const targetRules = (
  processes: Readonly<Record<string, number>> = {},
  jobs: readonly string[] = [],
): RuleGroups => {
  const ours = jobs.length === 0 ? "" : `{job=~"${jobs.join("|")}"}`;
  return [
    {
      name: "targets",
      rules: [
        {
          alert: "TargetDown",
          expr: `up${ours} == 0`,
          for: "2m",
          severity: "critical",
          summary: "{{ $labels.job }} does not answer",
          description:
            "Prometheus could not scrape {{ $labels.instance }} for 2 minutes. Check that its container runs, and read its last log lines.",
        },
        {
          alert: "TargetRestarts",
          expr: `changes(${processStart}${ours}[30m]) > 1 or resets(${collectorUptime}${ours}[30m]) > 1`,
          severity: "warning",
          summary: "{{ $labels.job }} keeps restarting",
          description:
            "{{ $labels.instance }} restarted {{ $value }} times within 30 minutes. Exit code 137 means that it exceeded its memory limit: raise the limit. Otherwise read its last log lines.",
        },
        ...(Object.keys(processes).length > 0 ? [missing(processes)] : []),
      ],
    },
  ];
};

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
    "Fewer answer than configured. Check that the others are scheduled on a node, and read their last log lines.",
});
