import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { Component } from "../components/component";
import { httpUrl } from "../components/core/platform";
import { sentence } from "../components/core/problems";
import { settings } from "../configs/settings";
import { describedSecrets, observability, type Secrets } from "./observability";
import { orRefused } from "./refused";
import { inUpdateOrder, takers } from "./update-order";
import { platformOf } from "./platform";
import { warningsOf } from "./warnings";

const config = orRefused(settings);
const platform = platformOf(config);

// All problems of all workloads at once, before the first resource is registered, passwords included.
orRefused(() => platform.plan(observability(config, platform, describedSecrets)));

for (const warning of warningsOf(config, platform)) void pulumi.log.warn(sentence(warning));

const generated = (name: string) => ({
  secret: new random.RandomPassword(name, { length: 32, special: false }).result,
});
const secrets: Secrets = {
  grafanaPassword: generated("grafana-admin-password"),
  grafanaSecretKey: generated("grafana-secret-key"),
  ...(config.otlpToken !== undefined && { otlpToken: { secret: config.otlpToken as pulumi.Input<string> } }),
  ...(config.storagePassword !== undefined && {
    storagePassword: { secret: config.storagePassword as pulumi.Input<string> },
  }),
  ...(config.bufferPassword !== undefined && {
    bufferPassword: { secret: config.bufferPassword as pulumi.Input<string> },
  }),
};

const running: Record<string, Component> = {};
for (const workload of inUpdateOrder(observability(config, platform, secrets))) {
  // What takes spans is new before what sends them, and takes leave after it.
  const after = takers(workload).flatMap((name) => running[name] ?? []);
  running[workload.name] = new Component(workload, platform, {}, after);
}
const [first = "collector"] = config.roles;

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
  logs: url(config.logs.kind, "http"),
  grafana: url("grafana", "http"),
};
/** What asks who is there: Grafana's password for the user `admin`, and the token of OTLP where one is set. */
export const credentials = pulumi.secret({
  grafanaPassword: secrets.grafanaPassword.secret,
  ...(secrets.otlpToken && { otlpToken: secrets.otlpToken.secret }),
});
