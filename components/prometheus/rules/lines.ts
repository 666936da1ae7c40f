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
        summary: "Log records of {{ $labels.service_name }} are cut down to be stored",
        description:
          "{{ $value | humanize }} records within ten minutes had a line above 256 KiB, or more or longer attributes than the log store takes. They are marked sightline.truncated: have the service send less.",
      },
    ],
  },
];
