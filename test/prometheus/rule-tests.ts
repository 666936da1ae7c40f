import { yaml, type Config } from "../../components/core/config";
import { ruleFile, type AlertingRule, type RuleGroups } from "../../components/prometheus/rule";
import type { LogStoreKind } from "../../components/logs";
import { tracingRules } from "../../components/prometheus/rules";
import { scenariosWith } from "./rule-scenarios";
import type { Scenario, Series } from "./series";

/** All rules of the library, as a stack with Badger, samplers, a buffer and engines of its own gets them. */
export const allRules = (logs: LogStoreKind): Readonly<Record<string, RuleGroups>> =>
  tracingRules({
    logs,
    storage: { kind: "badger", size: "20 GiB" },
    tailSampling: true,
    budget: { spansPerSecond: 200, window: "1h", unknownPerSecond: 10 },
    buffer: true,
    guard: true,
    room: { services: 5, edges: 3, traces: 100, series: 100 },
    volumes: { engines: ["opensearch"], brokers: ["kafka"] },
    processes: { gateway: 2, sampler: 2 },
    alerting: true,
  });

export const alertsWith = (logs: LogStoreKind): readonly AlertingRule[] =>
  Object.values(allRules(logs))
    .flat()
    .flatMap(({ rules }) => rules)
    .filter((rule) => "alert" in rule);

/** Rule files, and `tests.yml` for `promtool test rules`: each alert fires when it should, with its exact texts, and is quiet when it should. */
export const promtoolFiles = (logs: LogStoreKind): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(allRules(logs)).map(([file, groups]) => [`${file}.yml`, yaml(ruleFile(groups))]),
  ),
  "tests.yml": yaml({
    rule_files: Object.keys(allRules(logs)).map((file) => `${file}.yml`),
    evaluation_interval: "1m",
    tests: alertsWith(logs).flatMap((rule) =>
      (scenariosWith(logs)[rule.alert] ?? []).flatMap((scenario) => tests(rule, scenario)),
    ),
  }),
});

const tests = (rule: AlertingRule, scenario: Scenario): Config[] => [
  test(`${rule.alert} fires`, rule, scenario, scenario.fires, [
    {
      exp_labels: { severity: rule.severity, ...scenario.labels },
      exp_annotations: {
        summary: shown(rule.summary, scenario),
        description: shown(rule.description, scenario),
      },
    },
  ]),
  ...(scenario.quiet === "never" ? [] : [test(`${rule.alert} is quiet`, rule, scenario, scenario.quiet, [])]),
];

const test = (
  name: string,
  rule: AlertingRule,
  { at = "20m", start = 0 }: Scenario,
  series: Series,
  expected: Config[],
): Config => ({
  name,
  interval: "15s",
  start_timestamp: start,
  input_series: Object.entries(series).map(([series, values]) => ({ series, values })),
  alert_rule_test: [{ eval_time: at, alertname: rule.alert, exp_alerts: expected }],
});

/** A text of an alert with its places filled, as Prometheus does. */
const shown = (text: string, { labels, value, found = "" }: Scenario): string =>
  text
    .replace(/{{ with query .*{{ end }}/, found)
    .replace(/{{ with .*{{ end }}/, found)
    .replace(/{{ \$labels\.(\w+) }}/g, (_, label: string) => labels[label] ?? "")
    .replace(/{{ \$value[^}]*}}/g, value);
