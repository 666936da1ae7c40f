import type { Config } from "../core/config";
import { external, type Endpoint } from "../core/platform";
import type { AbsolutePath, Secret } from "../core/workload";
import type { Severity } from "../prometheus/rule";

/** What every receiver says. */
interface Common {
  /** Unique in its Alertmanager. */
  readonly name: string;
  /** Severities it is told of. @default - all */
  readonly severities?: readonly Severity[] | undefined;
  /** Values of the label `owner` it is told of. @default - all, and what has no owner */
  readonly owners?: readonly string[] | undefined;
}

/** Somebody who is told of alerts. What authenticates is a secret, and stands in no rendered file. */
export type Receiver = Common &
  (
    | {
        /** JSON by POST. Source: the Alertmanager's documentation of its webhook. */
        readonly kind: "webhook";
        readonly url: string;
        /** Bearer token. @default - nobody asks who is there */
        readonly secret?: Secret | undefined;
      }
    | {
        readonly kind: "email";
        readonly to: string;
        readonly from: string;
        /** `mail.example.com:587`, with STARTTLS. */
        readonly smarthost: string;
        readonly user: string;
        /** Password of the user. */
        readonly secret: Secret;
      }
    | {
        readonly kind: "slack";
        readonly channel: string;
        /** URL of an incoming webhook. */
        readonly secret: Secret;
      }
    | {
        readonly kind: "pagerduty";
        /** Routing key of an Events API v2 integration. */
        readonly secret: Secret;
      }
    | {
        readonly kind: "opsgenie";
        /** API key. */
        readonly secret: Secret;
      }
    | {
        readonly kind: "msteams";
        /** Host of the webhook's URL, for the way out: `prod-12.westeurope.logic.azure.com`. */
        readonly host: string;
        /** URL of the workflow's webhook. */
        readonly secret: Secret;
      }
  );

export type ReceiverKind = Receiver["kind"];

/** Folder of what authenticates: a file for each receiver. */
const secrets: AbsolutePath = "/etc/alertmanager/secrets";
export const secretFile = ({ name }: Pick<Receiver, "name">): AbsolutePath => `${secrets}/${name}`;

/** Where a receiver is reached. */
export function reached(receiver: Receiver): Endpoint {
  switch (receiver.kind) {
    case "webhook":
      return external(receiver.url);
    case "email":
      return external(receiver.smarthost);
    case "slack":
      return { host: "hooks.slack.com", port: 443 };
    case "pagerduty":
      return { host: "events.pagerduty.com", port: 443 };
    case "opsgenie":
      return { host: "api.opsgenie.com", port: 443 };
    case "msteams":
      return { host: receiver.host, port: 443 };
  }
}

/** What is wrong, what it means, and where to go on: for places that show text alone. */
const text = `{{ range .Alerts }}{{ .Annotations.summary }}
{{ .Annotations.description }}{{ with .Annotations.runbook_url }}
What to do: {{ . }}{{ end }}{{ with .Annotations.dashboard_url }}
What to see: {{ . }}{{ end }}

{{ end }}`;
const title =
  "[{{ .Status | toUpper }}] {{ .CommonLabels.alertname }}{{ with .CommonLabels.owner }} ({{ . }}){{ end }}";
const urgency = (most: string, otherwise: string) =>
  `{{ if eq .CommonLabels.severity "critical" }}${most}{{ else }}${otherwise}{{ end }}`;

/** A receiver as Alertmanager reads it. Source: docs/configuration.md of Alertmanager 0.31. */
export function receiverConfig(receiver: Receiver): Config {
  const file = secretFile(receiver);
  switch (receiver.kind) {
    case "webhook":
      return {
        webhook_configs: [
          {
            url: receiver.url,
            send_resolved: true,
            ...(receiver.secret && { http_config: { authorization: { credentials_file: file } } }),
          },
        ],
      };
    case "email":
      return {
        email_configs: [
          {
            to: receiver.to,
            from: receiver.from,
            smarthost: receiver.smarthost,
            auth_username: receiver.user,
            auth_password_file: file,
            send_resolved: true,
            headers: { Subject: title },
            text,
          },
        ],
      };
    case "slack":
      return { slack_configs: [{ api_url_file: file, channel: receiver.channel, send_resolved: true, title, text }] };
    case "pagerduty":
      return {
        pagerduty_configs: [
          {
            routing_key_file: file,
            send_resolved: true,
            description: title,
            severity: urgency("critical", "warning"),
            details: { text },
          },
        ],
      };
    case "opsgenie":
      return {
        opsgenie_configs: [
          { api_key_file: file, send_resolved: true, message: title, description: text, priority: urgency("P1", "P3") },
        ],
      };
    case "msteams":
      return { msteamsv2_configs: [{ webhook_url_file: file, send_resolved: true, title, text }] };
  }
}
