import assert from "node:assert/strict";
import { join } from "node:path";
import { parse } from "yaml";
import { alertmanager, type AlertmanagerArgs } from "../../components/alertmanager/workload";
import { yaml } from "../../components/core/config";
import { external } from "../../components/core/platform";
import type { Workload } from "../../components/core/workload";
import type { AlertingRule } from "../../components/prometheus/rule";
import { alertingRules } from "../../components/prometheus/rules/alerting";
import { prometheus } from "../../components/prometheus/workload";
import { start, type Measured } from "../bench/process";
import { webhook, type Webhook } from "../support/webhook";
import { receivers } from "../alertmanager/receivers";
import { fill, temporaryFolder } from "./folder";
import { freePorts } from "./jaeger-process";
import { obtain } from "./obtain";

const always = (alert: string, more: Partial<AlertingRule> = {}): AlertingRule => ({
  ...{ alert, expr: "vector(1)", severity: "critical", summary: `${alert} it is`, description: "Do something." },
  ...more,
});

/** Files of a workload in a folder, and its arguments, so that it runs there. */
function moved({ files = {}, args = [] }: Workload, from: string, to: string, port: number): string[] {
  const here = (text: string) => text.replaceAll(from, to);
  const texts = Object.entries(files).map(([path, file]): [string, string] => {
    const text = String("content" in file ? file.content : file.secret);
    return [path.replace(`${from}/`, ""), /\.yml$/.test(path) ? yaml(parse(here(text))) : text];
  });
  fill(to, Object.fromEntries(texts));
  const data = args.map((arg) => here(arg).replace(/(storage[.\w]*path)=.*/, `$1=${join(to, "data")}`));
  return [...data, `--web.listen-address=127.0.0.1:${port}`];
}

describe("alerts of a real Prometheus, through a real Alertmanager", () => {
  const folder = temporaryFolder();
  const running: Measured[] = [];
  let told: Webhook;

  before("both run, and a webhook that does not take what one receiver is told", async () => {
    const binaries = await obtain("prometheus", "alertmanager");
    told = await webhook();
    told.answer("/broken", 500);
    const [first, second] = [...(await freePorts(new Set([9090, 9093]))).values()];
    const args: AlertmanagerArgs = {
      receivers: [
        {
          name: "pager",
          kind: "webhook",
          url: `${told.url}/pager`,
          secret: { secret: "open sesame" },
          severities: ["critical"],
        },
        { name: "shop", kind: "webhook", url: `${told.url}/shop`, owners: ["shop"] },
        { name: "broken", kind: "webhook", url: `${told.url}/broken`, owners: ["broken"] },
        { name: "deadman", kind: "webhook", url: `${told.url}/deadman` },
      ],
      watchdog: "deadman",
    };
    const manager = alertmanager("alertmanager", args);
    assert.deepEqual(manager.problems, []);
    const managerAt = join(folder, "alertmanager");
    const managerArgs = moved(manager, "/etc/alertmanager", managerAt, second!);
    running.push(
      await start(
        binaries.alertmanager,
        managerArgs,
        `http://127.0.0.1:${second}/-/ready`,
        join(managerAt, "alertmanager.log"),
      ),
    );
    const server = prometheus("prometheus", {
      size: "1 GiB",
      scrape: { alertmanager: [external(`127.0.0.1:${second}`)] },
      scrapeInterval: "1s",
      alertmanager: external(`http://127.0.0.1:${second}`),
      links: { runbooks: "https://wiki.example.com/runbooks", grafana: "https://grafana.example.com" },
      rules: {
        alerting: alertingRules,
        own: [
          {
            name: "own",
            rules: [
              always("OrdersFail", { labels: { owner: "shop" }, service: "orders" }),
              always("OrdersLate", { severity: "warning", labels: { owner: "broken" } }),
              always("TargetDown", { labels: { job: "jaeger" } }),
              always("SpansRefused", { severity: "warning", labels: { job: "gateway", owner: "shop" } }),
              always("SpansDropped", { labels: { job: "gateway", owner: "shop" } }),
            ],
          },
        ],
      },
    });
    assert.deepEqual(server.problems, []);
    const serverAt = join(folder, "prometheus");
    const serverArgs = moved(server, "/etc/prometheus", serverAt, first!);
    running.push(
      await start(
        binaries.prometheus,
        serverArgs,
        `http://127.0.0.1:${first}/-/ready`,
        join(serverAt, "prometheus.log"),
      ),
    );
  });
  after(async () => {
    await Promise.all(running.map(({ stop }) => stop()));
    await told.close();
  });

  const names = (path: string) =>
    [
      ...new Set(
        told.notices.filter((n) => n.path === path).flatMap((n) => n.alerts.map((a) => a.labels["alertname"])),
      ),
    ].sort();
  const of = (path: string, alertname: string) =>
    told.until((n) => n.path === path && n.alerts.some(({ labels }) => labels["alertname"] === alertname));

  it("arrive at who owns them, with where they lead", async () => {
    const { alerts, status } = await of("/shop", "OrdersFail");
    const alert = alerts.find(({ labels }) => labels["alertname"] === "OrdersFail");
    assert.equal(status, "firing");
    assert.deepEqual(alert?.labels, { alertname: "OrdersFail", owner: "shop", severity: "critical" });
    assert.deepEqual(alert.annotations, {
      summary: "OrdersFail it is",
      description: "Do something.",
      runbook_url: "https://wiki.example.com/runbooks/OrdersFail.md",
      dashboard_url: "https://grafana.example.com/d/tracing-service?var-service=orders",
    });
  });

  it("arrive with the token of a receiver", async () => {
    assert.equal((await of("/pager", "OrdersFail")).authorization, "Bearer open sesame");
  });

  it("are sent again to who answers 500, which is an alert of its own", async () => {
    const { alerts } = await of("/pager", "AlertsNotTaken");
    assert.deepEqual(
      alerts.map(({ labels: { alertname, receiver_name, severity } }) => ({ alertname, receiver_name, severity })),
      [{ alertname: "AlertsNotTaken", receiver_name: "broken", severity: "critical" }],
    );
    const before = told.notices.filter(({ path }) => path === "/broken").length;
    assert.ok(before >= 2, `asked ${before} times`);
    told.answer("/broken", 200);
    await told.until((n) => n.path === "/broken" && told.notices.indexOf(n) >= before);
    assert.deepEqual(names("/broken"), ["OrdersLate"]);
  });

  it("tell nobody else, and not of what follows from a store that is down; of loss they do", async () => {
    await of("/shop", "SpansDropped");
    await of("/deadman", "Watchdog");
    assert.deepEqual(names("/shop"), ["OrdersFail", "SpansDropped"]);
    assert.deepEqual(names("/pager"), ["AlertsNotTaken", "OrdersFail", "SpansDropped", "TargetDown"]);
    assert.deepEqual(names("/deadman"), ["Watchdog"]);
  });

  it("can go to each kind of receiver: a real Alertmanager takes the configuration", async () => {
    const { alertmanager: binary } = await obtain("alertmanager");
    const port = [...(await freePorts(new Set([9093]))).values()][0]!;
    const at = join(folder, "kinds");
    const args = moved(alertmanager("alertmanager", { receivers }), "/etc/alertmanager", at, port);
    running.push(await start(binary, args, `http://127.0.0.1:${port}/-/ready`, join(at, "alertmanager.log")));
  });
});
