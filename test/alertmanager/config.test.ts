import assert from "node:assert/strict";
import { alertmanagerConfig } from "../../components/alertmanager/config";
import { inhibitRules } from "../../components/alertmanager/inhibit";
import type { Receiver } from "../../components/alertmanager/receiver";
import { alertmanager } from "../../components/alertmanager/workload";
import { sentence } from "../../components/core/problems";
import { objectiveRules, slo } from "../../components/prometheus/objectives";
import { alertsWith } from "../prometheus/rule-tests";
import { testLogin } from "../support/login";
import { receivers } from "./receivers";

const hook: Receiver = { name: "hook", kind: "webhook", url: "https://hooks.example.com/alerts" };
const problems = (...wrong: readonly object[]) =>
  alertmanager("alertmanager", { receivers: wrong as readonly Receiver[] }).problems?.map(sentence);

describe("Alertmanager", () => {
  it("tells each receiver of its severities and owners, and the watchdog of nothing but itself", () => {
    const { route } = alertmanagerConfig({
      receivers: [
        { ...hook, name: "pager", severities: ["critical"] },
        { ...hook, name: "shop", severities: ["critical", "warning"], owners: ["shop", "pay.eu"] },
        hook,
        { ...hook, name: "deadman" },
      ],
      watchdog: "deadman",
    }) as { route: { receiver: string; routes: object[] } };
    assert.equal(route.receiver, "nobody");
    assert.deepEqual(route.routes, [
      {
        receiver: "deadman",
        matchers: ['alertname="Watchdog"'],
        group_wait: "0s",
        group_interval: "1m",
        repeat_interval: "1m",
      },
      { receiver: "pager", matchers: ['severity=~"critical"'], continue: true },
      { receiver: "shop", matchers: ['severity=~"critical|warning"', 'owner=~"shop|pay\\\\.eu"'], continue: true },
      { receiver: "hook", continue: true },
    ]);
  });

  it("takes each kind of receiver, and its secret from a file that holds nothing else", () => {
    const { files = {}, externals, problems } = alertmanager("alertmanager", { receivers });
    assert.deepEqual(problems, []);
    const secrets = Object.entries(files).filter(([, file]) => "secret" in file);
    assert.deepEqual(
      secrets.map(([path]) => path),
      receivers.map(({ name }) => `/etc/alertmanager/secrets/${name}`),
    );
    const config = files["/etc/alertmanager/alertmanager.yml"];
    const text = config !== undefined && "content" in config ? config.content : "";
    for (const { name } of receivers) assert.ok(text.includes(`/etc/alertmanager/secrets/${name}`), name);
    assert.doesNotMatch(text, /open sesame/);
    assert.deepEqual(
      externals?.map(({ host, port }) => `${host}:${port}`),
      [
        "hooks.example.com:443",
        "mail.example.com:587",
        "hooks.slack.com:443",
        "events.pagerduty.com:443",
        "api.opsgenie.com:443",
        "prod-12.westeurope.logic.azure.com:443",
      ],
    );
  });

  it("asks who is there, and its health check shows it without a word in the description", () => {
    const { args, files, env, ports, health } = alertmanager("alertmanager", { receivers, login: testLogin });
    assert.ok(args?.includes("--web.config.file=/etc/alertmanager/web.yml"));
    assert.deepEqual(files?.["/etc/alertmanager/web.yml"], testLogin.webConfig);
    assert.deepEqual(env?.["LOGIN_PASSWORD"], testLogin.password);
    assert.deepEqual(ports.http, { port: 9093, asks: true });
    assert.deepEqual(health?.command, [
      "sh",
      "-c",
      'wget -q -O /dev/null "http://sightline:$LOGIN_PASSWORD@127.0.0.1:9093/-/ready"',
    ]);
  });

  it("silences by alerts that exist, and never one that says that data is lost", () => {
    const objective = slo({
      ...{ service: "pay", kind: "availability", objective: "99.9 %", owner: "shop" },
      runbook: "https://wiki.example.com",
    });
    const all = [
      ...alertsWith("loki"),
      ...alertsWith("victorialogs"),
      ...objectiveRules([objective]).flatMap(({ rules }) => rules.filter((rule) => "alert" in rule)),
    ].map(({ alert }) => alert);
    const named = (matchers: unknown) =>
      (matchers as string[]).flatMap((m) => /^alertname=~?"(.*)"$/.exec(m)?.[1]?.split("|") ?? []);
    const rules = inhibitRules() as { source_matchers: string[]; target_matchers: string[] }[];
    const targets = rules.flatMap(({ target_matchers }) => named(target_matchers));
    const sources = rules.flatMap(({ source_matchers }) => named(source_matchers));
    assert.deepEqual(
      [...sources, ...targets].filter((alert) => !all.includes(alert)),
      [],
    );
    assert.deepEqual(
      targets.filter((alert) => /Dropped|QueueFull|Discarded|Evicted|TooLarge|DiskLow|VolumeLow|NotStored/.test(alert)),
      [],
    );
  });
});

describe("receivers that cannot be right", () => {
  const cases: Readonly<Record<string, readonly [object, string]>> = {
    "no secret": [
      { name: "pager", kind: "opsgenie" },
      "receivers.0.secret: missing, but opsgenie requires it; `pulumi config set --secret --path receiverSecrets.pager`",
    ],
    "an unknown kind": [
      { name: "pager", kind: "fax" },
      'receivers.0.kind: unknown kind, got "fax"; write one of webhook, email, slack, pagerduty, opsgenie, msteams',
    ],
    "an unknown severity": [
      { ...hook, severities: ["critical", "fatal"] },
      'receivers.0.severities: no alert has this severity, got ["fatal"]; write one or more of critical, warning, info',
    ],
    "a webhook that is no URL": [
      { ...hook, url: "hooks.example.com:443" },
      'receivers.0.url: not a URL, got "hooks.example.com:443"; start it with https://',
    ],
    "a name that is no file": [
      { ...hook, name: "../pager" },
      'receivers.0.name: not a valid, unique name, got "../pager"; write lower case letters, digits and hyphens, and not nobody',
    ],
    "the name of nobody": [
      { ...hook, name: "nobody" },
      'receivers.0.name: not a valid, unique name, got "nobody"; write lower case letters, digits and hyphens, and not nobody',
    ],
    "nobody who hears of critical alerts": [
      { ...hook, severities: ["info"] },
      "receivers: no receiver gets critical alerts without an owner, such as the alerts about the tracing stack itself; remove owners from one receiver whose severities include critical",
    ],
  };
  for (const [what, [wrong, said]] of Object.entries(cases)) {
    it(`are refused: ${what}`, () => assert.deepEqual(problems(wrong), [said]));
  }

  it("are refused: two of one name", () => {
    assert.deepEqual(problems(hook, hook), [
      'receivers.1.name: another receiver has this name, got "hook"; give one of them another name',
    ]);
  });
});
