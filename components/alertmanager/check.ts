import { isAddress, parseAddress } from "../core/address";
import { within, type Problem } from "../core/problems";
import { severities } from "../prometheus/rule";
import { nobody, type AlertmanagerConfigArgs } from "./config";
import type { Receiver, ReceiverKind } from "./receiver";

/** What each kind of receiver has to say. */
const asked = {
  webhook: ["url"],
  email: ["to", "from", "smarthost", "user", "secret"],
  slack: ["channel", "secret"],
  pagerduty: ["secret"],
  opsgenie: ["secret"],
  msteams: ["host", "secret"],
} as const satisfies Readonly<Record<ReceiverKind, readonly string[]>>;

export const receiverKinds = Object.keys(asked) as [ReceiverKind, ...ReceiverKind[]];

/** What is wrong with receivers, each and together. Settings files may hold anything. */
export function alertingProblems({ receivers, watchdog }: AlertmanagerConfigArgs): Problem[] {
  const names = receivers.map(({ name }) => name);
  const problems = receivers.flatMap((receiver, i) => [
    ...within(`receivers.${i}`, ofOne(receiver)),
    ...(names.indexOf(receiver.name) < i
      ? [
          {
            path: `receivers.${i}.name`,
            value: receiver.name,
            reason: "another receiver has this name",
            remedy: "give one of them another name",
          },
        ]
      : []),
  ]);
  if (watchdog !== undefined && !names.includes(watchdog)) {
    problems.push({
      path: "watchdog",
      value: watchdog,
      reason: "no receiver has this name",
      remedy: names.length === 0 ? "add a receiver" : `write one of ${names.join(", ")}`,
    });
  }
  const hears = ({ name, owners, severities }: Receiver) =>
    name !== watchdog && owners === undefined && (severities === undefined || severities.includes("critical"));
  if (receivers.length > 0 && !receivers.some(hears)) {
    problems.push({
      path: "receivers",
      reason: "no receiver gets critical alerts without an owner, such as the alerts about the tracing stack itself",
      remedy: "remove owners from one receiver whose severities include critical",
    });
  }
  return problems;
}

function ofOne(receiver: Receiver): Problem[] {
  const { name, kind } = receiver;
  const given = receiver as unknown as Readonly<Record<string, unknown>>;
  if (!receiverKinds.includes(kind)) {
    return [{ path: "kind", value: kind, reason: "unknown kind", remedy: `write one of ${receiverKinds.join(", ")}` }];
  }
  const missing = asked[kind].filter((key) => given[key] === undefined || given[key] === "");
  const problems: Problem[] = missing.map((path) => ({
    path,
    reason: `missing, but ${kind} requires it`,
    remedy: path === "secret" ? `\`pulumi config set --secret --path receiverSecrets.${name}\`` : "write it",
  }));
  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name) || name === nobody) {
    problems.push({
      path: "name",
      value: name,
      reason: "not a valid, unique name",
      remedy: `write lower case letters, digits and hyphens, and not ${nobody}`,
    });
  }
  const unknown = (receiver.severities ?? []).filter((severity) => !severities.includes(severity));
  if (unknown.length > 0) {
    problems.push({
      path: "severities",
      value: unknown,
      reason: "no alert has this severity",
      remedy: `write one or more of ${severities.join(", ")}`,
    });
  }
  const address = kind === "webhook" ? "url" : kind === "email" ? "smarthost" : undefined;
  if (address !== undefined && !missing.includes(address as never)) {
    const value = String(given[address]);
    const parsed = parseAddress(value);
    if (kind === "webhook" && !/^https?:/.test(value)) {
      problems.push({ path: address, value, reason: "not a URL", remedy: "start it with https://" });
    } else if (!isAddress(parsed)) problems.push({ path: address, value, ...parsed });
  }
  return problems;
}
