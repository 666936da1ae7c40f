import { notificationsDropped, notificationsFailed } from "../metrics";
import type { RuleGroups } from "../rule";
import { grew } from "./counters";

/** Alerts reach those who are to be told. */
export const alertingRules: RuleGroups = [
  {
    name: "alerting",
    rules: [
      {
        alert: "Watchdog",
        expr: "vector(1)",
        severity: "info",
        summary: "Alerting works (this alert always fires)",
        description:
          "A dead man's switch. Its receiver must page when this alert stops arriving: then Prometheus, Alertmanager or the connection between them is broken, and no other alert arrives either.",
      },
      {
        alert: "AlertsNotTaken",
        expr: grew(notificationsFailed, "job, integration, receiver_name"),
        severity: "critical",
        summary: "Alertmanager cannot notify {{ $labels.receiver_name }}",
        description:
          "{{ $value | humanize }} requests to receiver {{ $labels.receiver_name }} ({{ $labels.integration }}) failed within 10 minutes. Alertmanager retries while the alert fires; its log has the error. Usual causes: an outdated secret, or an unreachable address.",
      },
      {
        alert: "AlertsNotSent",
        expr: grew(notificationsDropped, "job, instance"),
        severity: "critical",
        summary: "Prometheus drops alerts",
        description:
          "{{ $value | humanize }} alerts within 10 minutes reached no Alertmanager. Prometheus resends firing alerts every minute. Check that Alertmanager runs, and read the log of Prometheus.",
      },
    ],
  },
];
