import { logsTruncated } from "../metrics";
import type { RuleGroups } from "../rule";
import { grew } from "./counters";

/** What becomes of log lines before they are stored. */
export const lineRules: RuleGroups = [
  {
    name: "lines",
    rules: [
      {
        alert: "LogsTruncated",
        expr: grew(logsTruncated, "service_name"),
        severity: "warning",
        summary: "Log records of {{ $labels.service_name }} are truncated",
        description:
          "{{ $value | humanize }} records within 10 minutes had a line above 256 KiB, or more or longer attributes than the log store accepts. They are marked sightline.truncated. Make the service send less.",
      },
    ],
  },
];
