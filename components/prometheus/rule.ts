import type { Config } from "../core/config";
import type { Problem } from "../core/problems";
import { inMilliseconds, wholeDuration, type Duration } from "../core/units";

/** Keeps the result of a query as a series of its own. */
export interface RecordingRule {
  /** Name of the new series: `level:metric:operations`. */
  readonly record: string;
  /** PromQL. */
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** `critical`: data is being lost or a part is away. `warning`: it will be. `info`: worth knowing. */
export type Severity = (typeof severities)[number];
export const severities = ["critical", "warning", "info"] as const;

/** Tells somebody when a query has results. `{{ $labels.x }}` and `{{ $value }}` stand for what it found. */
export interface AlertingRule {
  readonly alert: string;
  /** PromQL: each series it returns is one alert. */
  readonly expr: string;
  /** How long it must be so before anybody is told. @default - at once */
  readonly for?: Duration;
  readonly severity: Severity;
  /** What is wrong, in one line. */
  readonly summary: string;
  /** What it means and what to do. */
  readonly description: string;
  /** Page that says what to do, as a URL. @default - none */
  readonly runbook?: string;
  /** Service whose board shows more. @default - the overview does */
  readonly service?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Rules evaluated one after another, at the same time stamp. */
export interface RuleGroup {
  /** Unique in its file. */
  readonly name: string;
  /** @default - the evaluation interval of the server */
  readonly interval?: Duration;
  readonly rules: readonly (RecordingRule | AlertingRule)[];
}

export type RuleGroups = readonly RuleGroup[];

/** Where alerts lead, as addresses that those who are told can open. */
export interface AlertLinks {
  /** Folder that has a page for each alert: `https://wiki.example.com/runbooks`. @default - alerts name none but their own */
  readonly runbooks?: string | undefined;
  /** Grafana. @default - alerts name no board */
  readonly grafana?: string | undefined;
}

/**
 * Rule groups as Prometheus reads them from a file.
 *
 * Source: docs/configuration/recording_rules.md and alerting_rules.md of Prometheus.
 */
export const ruleFile = (groups: RuleGroups, links: AlertLinks = {}): Config => ({
  groups: groups.map(({ name, interval, rules }) => ({
    name,
    ...(interval !== undefined && { interval: wholeDuration(interval) }),
    rules: rules.map((rule) => ("alert" in rule ? alerting(rule, links) : { ...rule })),
  })),
});

function alerting(rule: AlertingRule, { runbooks, grafana }: AlertLinks): Config {
  const { alert, expr, for: wait, severity, summary, description, labels, service } = rule;
  const runbook = rule.runbook ?? (runbooks === undefined ? undefined : `${runbooks}/${alert}.md`);
  const board =
    service === undefined ? "tracing-overview" : `tracing-service?var-service=${encodeURIComponent(service)}`;
  return {
    alert,
    expr,
    ...(wait !== undefined && { for: wholeDuration(wait) }),
    labels: { severity, ...labels },
    annotations: {
      summary,
      description,
      ...(runbook !== undefined && { runbook_url: runbook }),
      ...(grafana !== undefined && { dashboard_url: `${grafana}/d/${board}` }),
    },
  };
}

/** What can be seen to be wrong without a PromQL parser; `promtool check rules` sees the rest. */
export function ruleProblems(groups: RuleGroups): Problem[] {
  const names = groups.map(({ name }) => name);
  return groups.flatMap(({ name, interval, rules }, i) => [
    ...(name === "" || names.indexOf(name) < i
      ? [
          {
            path: name,
            reason: "empty, or already the name of another group",
            remedy: "give each group of a file its own name",
          },
        ]
      : []),
    ...(interval === undefined ? [] : notADuration(`${name}.interval`, interval)),
    ...rules.flatMap((rule) => ruleIs(`${name}.${"alert" in rule ? rule.alert : rule.record}`, rule)),
  ]);
}

function ruleIs(path: string, rule: RecordingRule | AlertingRule): Problem[] {
  const problems = "alert" in rule && rule.for !== undefined ? notADuration(`${path}.for`, rule.for) : [];
  if (rule.expr.trim() === "") {
    problems.push({ path: `${path}.expr`, reason: "empty", remedy: "write a PromQL query" });
  }
  // A number computed from something that was not one: the query would be valid, and never true.
  if (/\bNaN\b/.test(rule.expr)) {
    problems.push({ path: `${path}.expr`, value: rule.expr, reason: "contains NaN", remedy: "fix the size in it" });
  }
  if ("record" in rule && !/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(rule.record)) {
    problems.push({
      path: `${path}.record`,
      value: rule.record,
      reason: "not a valid metric name",
      remedy: "use letters, digits, _ and :",
    });
  }
  return problems;
}

const notADuration = (path: string, value: Duration): Problem[] =>
  inMilliseconds(value) > 0
    ? []
    : [{ path, value, reason: "not a duration", remedy: 'write it with its unit, as "5m"' }];
