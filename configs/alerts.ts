import { z } from "zod";
import { alertingProblems, receiverKinds } from "../components/alertmanager/check";
import type { Receiver } from "../components/alertmanager/receiver";
import { isAddress, parseAddress } from "../components/core/address";
import { within, type Problem } from "../components/core/problems";
import { severities } from "../components/prometheus/rule";
import { text } from "./values";

const some = severities.join(", ");

/** Who is told of alerts. What a kind needs is checked beside Alertmanager, which alone knows. */
const receiver = z.strictObject({
  name: text,
  kind: z.enum(receiverKinds, `must be one of ${receiverKinds.join(", ")}`),
  severities: z.array(z.enum(severities, `must be one or more of ${some}`), "must be a list").optional(),
  owners: z.array(text, "must be a list").optional(),
  url: text.optional(),
  to: text.optional(),
  from: text.optional(),
  smarthost: text.optional(),
  user: text.optional(),
  channel: text.optional(),
  host: text.optional(),
});

/** Without a slash at its end: what follows begins with one. */
const url = text.regex(/^https?:\/\/[^\s?#]*[^\s?#/]$/, "must be a URL without a trailing slash");

export const alerts = z.strictObject({
  receivers: z.array(receiver, "must be a list").default([]),
  watchdog: text.optional(),
  alertmanager: text.optional(),
  links: z.strictObject({ runbooks: url.optional(), grafana: url.optional() }).optional(),
});

interface Told {
  readonly alerts: z.infer<typeof alerts>;
  readonly receiverSecrets: Readonly<Record<string, unknown>>;
}

/** What is wrong with those who are told, or with their secrets. */
export const alertProblems = ({ alerts, receiverSecrets }: Told): Problem[] => {
  const { receivers, watchdog, alertmanager } = alerts;
  const secret = (name: string) => (receiverSecrets[name] === undefined ? {} : { secret: { secret: "" } });
  const problems = alertingProblems({
    receivers: receivers.map((receiver) => ({ ...receiver, ...secret(receiver.name) })) as Receiver[],
    watchdog,
  });
  if (alertmanager !== undefined && receivers.length > 0) {
    problems.push({
      path: "alertmanager",
      value: alertmanager,
      reason: "an existing Alertmanager has its own receivers",
      remedy: "remove receivers, or remove this address",
    });
  }
  const parsed = parseAddress(alertmanager ?? "https://unused");
  if (!isAddress(parsed)) problems.push({ path: "alertmanager", value: alertmanager, ...parsed });
  return [...within("alerts", problems), ...unused(receivers, receiverSecrets)];
};

const unused = (receivers: readonly { readonly name: string }[], secrets: Told["receiverSecrets"]): Problem[] =>
  Object.keys(secrets)
    .filter((name) => !receivers.some((receiver) => receiver.name === name))
    .map((name) => ({ path: `receiverSecrets.${name}`, reason: "no receiver has this name", remedy: "remove it" }));
