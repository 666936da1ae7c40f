import type { Config } from "../core/config";
import { inhibitRules } from "./inhibit";
import { receiverConfig, type Receiver } from "./receiver";

export interface AlertmanagerConfigArgs {
  readonly receivers: readonly Receiver[];
  /**
   * Name of the receiver that `Watchdog` goes to, each minute while all is well, and nothing else: it tells somebody when
   * that ends. Source: "dead man's switch" in the documentation of Alertmanager's routes.
   *
   * @default - nobody notices when alerts no longer come through
   */
  readonly watchdog?: string | undefined;
}

/** Where alerts go that are for nobody. */
export const nobody = "nobody";

/**
 * Configuration of an Alertmanager: each receiver is told of its severities and owners, and of everything where it names
 * none. Alerts of one name and owner come together.
 *
 * Source: docs/configuration.md of Alertmanager 0.31.
 */
export const alertmanagerConfig = ({ receivers, watchdog = nobody }: AlertmanagerConfigArgs): Config => ({
  route: {
    receiver: nobody,
    group_by: ["alertname", "owner", "sloth_id"],
    group_wait: "10s",
    group_interval: "5m",
    repeat_interval: "4h",
    routes: [
      {
        receiver: watchdog,
        matchers: ['alertname="Watchdog"'],
        group_wait: "0s",
        group_interval: "1m",
        repeat_interval: "1m",
      },
      ...receivers.filter(({ name }) => name !== watchdog).map(route),
    ],
  },
  inhibit_rules: inhibitRules(),
  receivers: [{ name: nobody }, ...receivers.map((receiver) => ({ name: receiver.name, ...receiverConfig(receiver) }))],
});

const route = ({ name, severities, owners }: Receiver): Config => {
  const matchers = [...oneOf("severity", severities), ...oneOf("owner", owners)];
  return { receiver: name, ...(matchers.length > 0 && { matchers }), continue: true };
};

const oneOf = (label: string, values: readonly string[] | undefined): string[] =>
  values === undefined ? [] : [`${label}=~${JSON.stringify(values.map(quoted).join("|"))}`];

/** A text as a regular expression that matches it alone. */
const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
