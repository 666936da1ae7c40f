import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { Component } from "../components/component";
import { loginOf } from "../components/login";
import { httpUrl } from "../components/core/platform";
import { sentence } from "../components/core/problems";
import { settings } from "../configs/settings";
import { describedSecrets, observability, storesUser, type Secrets } from "./observability";
import { orRefused } from "./refused";
import { inUpdateOrder, takers } from "../components/path/update-order";
import { platformOf } from "./platform";
import { warningsOf } from "./warnings";

const config = orRefused(settings);
const platform = platformOf(config);

// All problems of all workloads at once, before the first resource is registered, passwords included.
const described = orRefused(() => observability(config, platform, describedSecrets));
orRefused(() => platform.plan(described));

for (const warning of warningsOf(config, platform, described)) void pulumi.log.warn(sentence(warning));

const storesPassword = new random.RandomPassword("stores-password", { length: 32, special: false });
const generated = (name: string) => ({
  secret: new random.RandomPassword(name, { length: 32, special: false }).result,
});
/** A token and whose it is in each line. The stack's own stays while those of teams come and go: `verify` shows it. */
const tokenLines = (tokens: Readonly<Record<string, unknown>>): pulumi.Output<string> =>
  pulumi
    .all({ ...tokens, [storesUser]: storesPassword.result } as Record<string, pulumi.Input<string>>)
    .apply((known) =>
      Object.entries(known)
        .map(([team, token]) => `${token} ${team}\n`)
        .join(""),
    );
const secrets: Secrets = {
  login: loginOf(storesUser, storesPassword.result, storesPassword.bcryptHash),
  grafanaPassword: generated("grafana-admin-password"),
  grafanaSecretKey: generated("grafana-secret-key"),
  ...(config.otlpTokens && { otlpTokens: { secret: tokenLines(config.otlpTokens) } }),
  ...(config.storagePassword !== undefined && {
    storagePassword: { secret: config.storagePassword as pulumi.Input<string> },
  }),
  ...(config.bufferPassword !== undefined && {
    bufferPassword: { secret: config.bufferPassword as pulumi.Input<string> },
  }),
  receivers: Object.fromEntries(
    Object.entries(config.receiverSecrets).map(([name, secret]) => [name, { secret: secret as pulumi.Input<string> }]),
  ),
};

const running: Record<string, Component> = {};
for (const workload of inUpdateOrder(observability(config, platform, secrets))) {
  // What takes spans is new before what sends them, and takes leave after it.
  const after = takers(workload).flatMap((name) => running[name] ?? []);
  running[workload.name] = new Component(workload, platform, {}, after);
}
const [role = "collector"] = config.roles;
const first = config.guard ? "guard" : role;

const url = (name: string, port: string) => {
  const endpoint = running[name]?.outside[port];
  return endpoint && httpUrl(endpoint);
};

/** Where everything is reached from outside. */
export const urls = {
  otlpGrpc: url(first, "otlp-grpc"),
  otlpHttp: url(first, "otlp-http"),
  jaeger: url("jaeger", "query"),
  sampling: url("jaeger", "sampling"),
  prometheus: url("prometheus", "http"),
  alertmanager: url("alertmanager", "http"),
  logs: url(config.logs.kind, "http"),
  grafana: url("grafana", "http"),
};
/**
 * What asks who is there: Grafana's password for the user `admin`, the user and password of Jaeger, Prometheus, Alertmanager
 * and VictoriaLogs, and the stack's own token for OTLP where tokens are set.
 */
export const credentials = pulumi.secret({
  storesUser,
  storesPassword: storesPassword.result,
  grafanaPassword: secrets.grafanaPassword.secret,
  ...(secrets.otlpTokens && { otlpToken: storesPassword.result }),
});
