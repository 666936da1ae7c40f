import { collectorUptime, processStart } from "../metrics";
import type { RuleGroups } from "../rule";

/** Every part of the stack answers, and stays up. */
export const targetRules: RuleGroups = [
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
    ],
  },
];
