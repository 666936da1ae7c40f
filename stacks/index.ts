import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { Component } from "../components/component";
import { httpUrl } from "../components/core/platform";
import { dockerHost } from "../components/platforms/docker";
import { settings } from "../configs/settings";
import { describedSecrets, observability, type Secrets } from "./observability";
import { orRefused } from "./refused";
import { hostOf } from "./host";

const config = orRefused(settings);
const platform = dockerHost(hostOf(config));

// All problems of all workloads at once, before the first resource is registered, passwords included.
orRefused(() => platform.plan(observability(config, platform, describedSecrets)));

const generated = (name: string) => ({
  secret: new random.RandomPassword(name, { length: 32, special: false }).result,
});
const secrets: Secrets = {
  grafanaPassword: generated("grafana-admin-password"),
  grafanaSecretKey: generated("grafana-secret-key"),
  ...(config.otlpToken !== undefined && { otlpToken: { secret: config.otlpToken as pulumi.Input<string> } }),
};

const workloads = observability(config, platform, secrets);
const running = Object.fromEntries(workloads.map((workload) => [workload.name, new Component(workload, platform)]));

const url = (name: string, port: string) => {
  const endpoint = running[name]?.outside[port];
  return endpoint && httpUrl(endpoint);
};

/** Where everything is reached from outside. */
export const urls = {
  otlpGrpc: url("collector", "otlp-grpc"),
  otlpHttp: url("collector", "otlp-http"),
  jaeger: url("jaeger", "query"),
  sampling: url("jaeger", "sampling"),
  prometheus: url("prometheus", "http"),
  loki: url("loki", "http"),
  grafana: url("grafana", "http"),
};
/** What asks who is there: Grafana's password for the user `admin`, and the token of OTLP where one is set. */
export const credentials = pulumi.secret({
  grafanaPassword: secrets.grafanaPassword.secret,
  ...(secrets.otlpToken && { otlpToken: secrets.otlpToken.secret }),
});
