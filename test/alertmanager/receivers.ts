import type { Receiver } from "../../components/alertmanager/receiver";

const secret = { secret: "open sesame" };

/** One of each kind. */
export const receivers: readonly Receiver[] = [
  { name: "hook", kind: "webhook", url: "https://hooks.example.com/alerts", secret },
  {
    name: "mail",
    kind: "email",
    to: "oncall@example.com",
    from: "alerts@example.com",
    smarthost: "mail.example.com:587",
    user: "alerts",
    secret,
  },
  { name: "chat", kind: "slack", channel: "#oncall", secret },
  { name: "pager", kind: "pagerduty", secret },
  { name: "genie", kind: "opsgenie", secret },
  { name: "teams", kind: "msteams", host: "prod-12.westeurope.logic.azure.com", secret },
];
