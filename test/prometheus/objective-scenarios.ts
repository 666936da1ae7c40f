import { yaml, type Config } from "../../components/core/config";
import { objectiveRules, slo } from "../../components/prometheus/objectives";
import { ruleFile, type AlertingRule } from "../../components/prometheus/rule";
import type { Series } from "./series";

export const availability = slo({
  service: "pay",
  kind: "availability",
  objective: "99.9 %",
  owner: "payments",
  runbook: "https://wiki.example.com/pay/failing",
});
export const latency = slo({
  service: "pay",
  route: "POST /pay",
  kind: "latency",
  objective: "99 %",
  under: "250ms",
  owner: "payments",
  runbook: "https://wiki.example.com/pay/slow",
});

/** What fires at a time: the alert, its value and what is left of the budget, as its texts show them. */
type Firing = readonly [alert: string, value: string, left?: string];

interface Scenario {
  readonly series: Series;
  /** By time since the samples began, which come each 30 s. */
  readonly at: Readonly<Record<string, readonly Firing[]>>;
  /** Queries with what they answer at a time. */
  readonly answers?: readonly (readonly [expr: string, at: string, value: number])[];
  /** @default availability */
  readonly of?: typeof availability;
}

const server = 'service_name="pay",span_name="POST /pay",span_kind="SPAN_KIND_SERVER"';
const calls = (status: string, samples: string, more = server): Series => ({
  [`traces_span_metrics_calls_total{${more},status_code="STATUS_CODE_${status}"}`]: samples,
});
/** What the service asks of others is not asked of it. */
const client = (samples: string): Series => calls("ERROR", samples, server.replace("SERVER", "CLIENT"));
const route = `${server},http_route="/pay",http_request_method="POST",status_code="STATUS_CODE_UNSET"`;
const took = (le: string, fast: string, all: string): Series => ({
  [`traces_span_metrics_duration_milliseconds_bucket{${route},le="${le}"}`]: fast,
  [`traces_span_metrics_duration_milliseconds_count{${route}}`]: all,
});
/** Ten requests a second, for days: 300 each 30 s. */
const busy = "0+300x3000";
const share = `slo:sli_error:ratio_rate`;

/** Samples come each 30 s: 120 are an hour. */
export const objectiveScenarios: Readonly<Record<string, Scenario>> = {
  "a service of which nothing fails has a share of 0, not none, and all of its budget": {
    series: { ...calls("UNSET", busy), ...client("0+100x3000") },
    at: { "10m": [], "8h": [] },
    answers: [
      [`${share}5m{sloth_id="pay-availability"}`, "1h", 0],
      [`${share}3d{sloth_id="pay-availability"}`, "1h", 0],
      [`slo:period_error_budget_remaining:ratio{sloth_id="pay-availability"}`, "1h", 1],
      [`slo:objective:ratio{sloth_id="pay-availability",sloth_service="pay",sloth_slo="availability"}`, "1h", 0.999],
      [`slo:time_period:days{sloth_id="pay-availability"}`, "1h", 30],
      [`sloth_slo_info{sloth_service="pay",owner="payments"}`, "1h", 1],
    ],
  },
  "2 % fail for an hour and a quarter, after ten hours without: a page within that hour, and none ten minutes after it ends":
    {
      series: {
        ...calls("UNSET", "0+300x1200 360294+294x150 404400+300x500"),
        ...calls("ERROR", "0x1200 6+6x150 906x500"),
      },
      at: {
        "10h30m": [],
        "10h50m": [
          ["ObjectiveBurnsFast", "2%", "-46%"],
          ["ObjectiveBurnsSlowly", "0.2653%", "-46%"],
        ],
        "11h25m": [["ObjectiveBurnsSlowly", "0.4186%", "-120.8%"]],
      },
      answers: [
        [`slo:current_burn_rate:ratio{sloth_id="pay-availability"}`, "10h50m", 20],
        [`${share}1h{sloth_id="pay-availability"}`, "11h25m", 0.017644093429675684],
      ],
    },
  "0.8 % fail: no page before a twentieth of the budget is used within six hours, then one": {
    series: { ...calls("UNSET", "0+1000x960 960992+992x2000"), ...calls("ERROR", "0x960 8+8x2000") },
    at: {
      "8h50m": [],
      "13h": [
        ["ObjectiveBurnsFast", "0.8%", "-206%"],
        ["ObjectiveBurnsSlowly", "0.8%", "-206%"],
      ],
    },
  },
  "0.4 % fail for a day: a ticket, and nobody is woken": {
    series: { ...calls("UNSET", "0+996x3000"), ...calls("ERROR", "0+4x3000") },
    at: { "1d": [["ObjectiveBurnsSlowly", "0.4%", "-300%"]] },
  },
  "0.09 % fail: that was promised": {
    series: { ...calls("UNSET", "0+9991x3000"), ...calls("ERROR", "0+9x3000") },
    at: { "12h": [] },
  },
  "one of sixty requests in an hour fails: fewer than five are no page": {
    series: { ...calls("UNSET", "0+1x2000"), ...calls("ERROR", "0x480 1x600") },
    at: { "4h2m": [], "4h30m": [] },
    answers: [[`slo:current_burn_rate:ratio{sloth_id="pay-availability"} > bool 14.4`, "4h2m", 1]],
  },
  "a busy service sends nothing any more, and then again": {
    series: calls("UNSET", "0+300x240 _x120 0+300x240"),
    at: { "2h": [], "2h12m": [], "2h25m": [["ObjectiveSilent", "28.45k"]], "3h5m": [] },
  },
  "a service that is hardly called falls silent": {
    series: calls("UNSET", "0+1x240 _x240"),
    at: { "2h25m": [], "4h": [] },
  },
  "no span has the service": { series: client(busy), at: { "30m": [], "2h": [["ObjectiveUnmeasured", ""]] } },
  "a fifth takes longer than the bound of its bucket, as it is sent": {
    of: latency,
    series: took("250", "0+300x720 216240+240x240", busy),
    at: {
      "6h20m": [],
      "6h50m": [
        ["ObjectiveBurnsFast", "20%", "-133.3%"],
        ["ObjectiveBurnsSlowly", "2.667%", "-133.3%"],
      ],
    },
    answers: [[`${share}5m{sloth_id="pay-latency-post-pay-250ms"}`, "6h50m", 0.2]],
  },
  "the same, as it is scraped": {
    of: latency,
    series: took("250.0", "0+300x720 216240+240x240", busy),
    at: {
      "6h20m": [],
      "6h50m": [
        ["ObjectiveBurnsFast", "20%", "-133.3%"],
        ["ObjectiveBurnsSlowly", "2.667%", "-133.3%"],
      ],
    },
  },
};

/** Rules, and `tests.yml` for `promtool test rules`: what fires at each time, and nothing else. */
export const objectiveFiles = (): Record<string, string> => ({
  "pay-availability.yml": yaml(ruleFile(objectiveRules([availability]))),
  "pay-latency.yml": yaml(ruleFile(objectiveRules([latency]))),
  "both.yml": yaml(ruleFile(objectiveRules([availability, latency]))),
});

/** The tests of one scenario. */
export const objectiveTests = (name: string): string => {
  const { series, at, answers = [], of = availability } = objectiveScenarios[name]!;
  const groups = objectiveRules([of]);
  const alerts = groups.flatMap(({ rules }) => rules.filter((rule) => "alert" in rule));
  return yaml({
    rule_files: [`pay-${of.kind}.yml`],
    evaluation_interval: "30s",
    group_eval_order: groups.map(({ name }) => name),
    tests: [
      {
        name,
        interval: "30s",
        input_series: Object.entries(series).map(([series, values]) => ({ series, values })),
        alert_rule_test: Object.entries(at).flatMap(([time, firing]) =>
          alerts.map((rule) => ({
            eval_time: time,
            alertname: rule.alert,
            exp_alerts: firing.filter(([alert]) => alert === rule.alert).map((one) => shown(rule, one)),
          })),
        ),
        promql_expr_test: answers.map(([expr, time, value]) => ({
          expr: `max(${expr})`,
          eval_time: time,
          exp_samples: [{ labels: "{}", value }],
        })),
      },
    ],
    // Shares are sums of rates, which are exact to the last digits alone.
    fuzzy_compare: true,
  });
};

const shown = ({ severity, labels = {}, ...rule }: AlertingRule, [, value, left = "100%"]: Firing): Config => {
  const text = (template: string) =>
    template.replace(/{{ with query .*{{ end }}/, left).replace(/{{ \$value[^}]*}}/g, value);
  return {
    exp_labels: { severity, ...labels },
    exp_annotations: {
      summary: text(rule.summary),
      description: text(rule.description),
      runbook_url: rule.runbook ?? "",
    },
  };
};
