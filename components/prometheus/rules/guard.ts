import { guardRefused, guardRefusedBySender } from "../metrics";
import type { RuleGroups } from "../rule";

/** What sends something else than telemetry, and who is turned away for it. */
export const guardRules: RuleGroups = [
  {
    name: "guard",
    rules: [
      {
        alert: "SenderRefused",
        expr: `sum by (sender, reason) (increase(${guardRefusedBySender}[10m])) > 50`,
        severity: "warning",
        summary: "The guard refuses {{ $labels.sender }}",
        description:
          "{{ $value | humanize }} of its requests or connections were refused within 10 minutes, reason: {{ $labels.reason }}. The log of the guard has the limit and the value. If it is your service, its batches are too large or it has too many names; if not, block it.",
      },
      {
        alert: "NewServicesRefused",
        expr: `sum(increase(${guardRefused}{reason="services"}[10m])) > 0`,
        severity: "warning",
        summary: "The guard refuses new service names",
        description:
          "{{ $value | humanize }} requests with a new service.name were refused because their senders used up their share of new names. Names expire after 4 minutes. If service names contain per-process values, move those to a resource attribute; otherwise raise the memory of the Collector that makes span metrics.",
      },
    ],
  },
];
