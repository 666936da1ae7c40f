import assert from "node:assert/strict";
import { images } from "../../components/images";
import { yaml } from "../../components/core/config";
import type { Endpoint } from "../../components/core/platform";
import type { Duration, Size } from "../../components/core/units";
import { prometheusConfig } from "../../components/prometheus/config";
import type { RuleGroups } from "../../components/prometheus/rule";
import { prometheus, prometheusPorts, type PrometheusArgs } from "../../components/prometheus/workload";
import { testLogin } from "../support/login";

const collector: Endpoint = { host: "collector", port: 8888, of: { workload: "collector", port: "metrics" } };
const args: PrometheusArgs = { scrape: { collector: [collector] }, size: "10 GiB" };
const rules: RuleGroups = [{ name: "shop", rules: [{ record: "shop:orders:rate5m", expr: "rate(orders_total[5m])" }] }];

describe("Prometheus", () => {
  it("is one process with its data on a volume of the image's own user", () => {
    assert.deepEqual(prometheus("metrics", args), {
      name: "metrics",
      component: "prometheus:Prometheus",
      image: images.prometheus,
      args: [
        "--config.file=/etc/prometheus/prometheus.yml",
        "--storage.tsdb.path=/prometheus",
        "--web.enable-otlp-receiver",
        "--web.cors.origin=no-origin",
        "--enable-feature=exemplar-storage,otlp-deltatocumulative",
      ],
      env: { GOMEMLIMIT: "819MiB" },
      files: { "/etc/prometheus/prometheus.yml": { content: yaml(prometheusConfig(args)) } },
      volumes: { "/prometheus": { kind: "persistent", name: "data", size: "10 GiB", ownedByImage: true } },
      ports: { http: { port: 9090 } },
      connects: [{ workload: "collector", port: "metrics", number: 8888 }],
      externals: [],
      health: {
        port: "http",
        path: "/-/ready",
        command: ["/bin/promtool", "check", "ready", "--url=http://127.0.0.1:9090"],
        startup: "5m",
      },
      memory: "1 GiB",
      problems: [],
    });
  });

  it("asks who is there, itself and its health check among them", () => {
    const { args: flags, files, ports, health, problems } = prometheus("metrics", { ...args, login: testLogin });
    assert.ok(flags?.includes("--web.config.file=/etc/prometheus/web.yml"));
    assert.deepEqual(files, {
      "/etc/prometheus/prometheus.yml": { content: yaml(prometheusConfig({ ...args, login: testLogin })) },
      "/etc/prometheus/web.yml": testLogin.webConfig,
      "/etc/prometheus/probe.yml": {
        content: "basic_auth:\n  username: sightline\n  password_file: /etc/prometheus/logins/sightline\n",
      },
      "/etc/prometheus/logins/sightline": testLogin.password,
    });
    assert.deepEqual(ports.http, { port: 9090, asks: true });
    assert.deepEqual(health?.login, testLogin);
    assert.ok(health?.command?.includes("--http.config.file=/etc/prometheus/probe.yml"));
    assert.deepEqual(problems, []);
  });

  it("says who it is to those whom it asks and tells, each job by one login", () => {
    const shown = { ...collector, login: testLogin };
    const config = prometheusConfig({ ...args, scrape: { logs: [shown] }, alertmanager: shown });
    const basic = { username: "sightline", password_file: "/etc/prometheus/logins/sightline" };
    assert.deepEqual(config["alerting"], {
      alertmanagers: [{ basic_auth: basic, static_configs: [{ targets: ["collector:8888"] }] }],
    });
    assert.deepEqual(config["scrape_configs"], [
      { job_name: "logs", basic_auth: basic, static_configs: [{ targets: ["collector:8888"] }] },
      { job_name: "prometheus", static_configs: [{ targets: ["localhost:9090"] }] },
    ]);
    assert.deepEqual(prometheus("metrics", { ...args, scrape: { both: [shown, collector] } }).problems, [
      {
        path: "scrape.both",
        reason: "targets that ask for different logins",
        remedy: "make it a job for each login",
      },
    ]);
  });

  it("is located by the port it opens", () => {
    assert.deepEqual(prometheusPorts, { http: { port: 9090 } });
  });

  it("opens its port to the outside under the number given", () => {
    assert.deepEqual(prometheus("metrics", { ...args, outside: 19090 }).ports, {
      http: { port: 9090, reach: "outside", outside: 19090 },
    });
  });

  it("reads each group of rules from a file of its own", () => {
    const { files } = prometheus("metrics", { ...args, rules: { shop: rules } });
    assert.deepEqual(files, {
      "/etc/prometheus/prometheus.yml": {
        content: yaml(prometheusConfig({ ...args, ruleFiles: ["/etc/prometheus/rules/shop.yml"] })),
      },
      "/etc/prometheus/rules/shop.yml": {
        content:
          "groups:\n  - name: shop\n    rules:\n      - record: shop:orders:rate5m\n        expr: rate(orders_total[5m])\n",
      },
    });
  });

  it("takes its memory and its image from its arguments", () => {
    const image = { ...images.prometheus, tag: "v3.17.0", version: "3.17.0" } as const;
    const workload = prometheus("metrics", { ...args, memory: "2 GiB", image });
    assert.deepEqual([workload.memory, workload.env, workload.image], ["2 GiB", { GOMEMLIMIT: "1638MiB" }, image]);
  });

  it("says everything that is wrong at once", () => {
    const wrong = prometheus("metrics", {
      scrape: { jaeger: [], prometheus: [collector] },
      scrapeInterval: "0s",
      retention: "15" as Duration,
      size: "0 GiB",
      exemplars: 0.5,
      memory: "1 GB" as Size,
      rules: { shop: [{ name: "shop", rules: [{ record: "orders", expr: " " }] }] },
    });
    assert.deepEqual(wrong.problems, [
      { path: "size", value: "0 GiB", reason: "not a size", remedy: 'write it with its unit, as "2 GiB"' },
      { path: "memory", value: "1 GB", reason: "not a size", remedy: 'write it with its unit, as "2 GiB"' },
      {
        path: "scrapeInterval",
        value: "0s",
        reason: "not a duration",
        remedy: 'write it with its unit, as "30s"',
      },
      { path: "retention", value: "15", reason: "not a duration", remedy: 'write it with its unit, as "30s"' },
      { path: "exemplars", value: 0.5, reason: "not a whole number above zero", remedy: "write 1 or more" },
      { path: "scrape.jaeger", reason: "the job has no targets", remedy: "add a target, or remove the job" },
      { path: "scrape.prometheus", reason: "Prometheus scrapes itself", remedy: "remove it" },
      { path: "rules.shop.shop.orders.expr", reason: "empty", remedy: "write a PromQL query" },
    ]);
    assert.deepEqual(wrong.files, {});
  });

  it("refuses a volume that its write-ahead log may fill", () => {
    assert.deepEqual(prometheus("metrics", { ...args, size: "511 MiB" }).problems, [
      {
        path: "size",
        value: "511 MiB",
        reason: "less than the write-ahead log may need",
        remedy: "give it 512 MiB or more",
      },
    ]);
    assert.deepEqual(prometheus("metrics", { ...args, size: "512 MiB" }).problems, []);
  });
});
