import assert from "node:assert/strict";
import { sentence } from "../../components/core/problems";
import { objectiveProblems, objectiveRules, slo, type ObjectiveOptions } from "../../components/prometheus/objectives";
import { ruleProblems } from "../../components/prometheus/rule";
import { prometheus } from "../../components/prometheus/workload";
import { objectiveScenarios, objectiveTests } from "./objective-scenarios";

const promised: ObjectiveOptions = {
  service: "pay",
  kind: "availability",
  objective: "99.9 %",
  owner: "payments",
  runbook: "https://wiki.example.com/pay",
};
const alerts = (options: ObjectiveOptions) =>
  objectiveRules([slo(options)])
    .flatMap(({ rules }) => rules)
    .filter((rule) => "alert" in rule);
const records = (options: ObjectiveOptions) =>
  Object.fromEntries(
    objectiveRules([slo(options)])
      .flatMap(({ rules }) => rules)
      .flatMap((rule) => ("record" in rule ? [[rule.record, rule.expr]] : [])),
  );

describe("an objective", () => {
  it("is named after what it is about, and is over 30 days", () => {
    const named = (more: Partial<ObjectiveOptions>) => slo({ ...promised, ...more }).name;
    assert.deepEqual(
      [
        named({}),
        named({ route: "/orders/{id}" }),
        named({ kind: "latency", route: "POST /orders", under: "2.5s" }),
        named({ name: "checkout" }),
        slo(promised).window,
      ],
      ["availability", "availability-orders-id", "latency-post-orders-2.5s", "checkout", "30d"],
    );
  });

  it("counts what a service served, of one route where one is named", () => {
    const of = 'service_name="pay",span_kind=~"SPAN_KIND_(SERVER|CONSUMER)"';
    const all = records(promised);
    assert.equal(all["slo:requests:rate5m"], `sum(rate(traces_span_metrics_calls_total{${of}}[5m]))`);
    assert.equal(
      all["slo:failures:rate5m"],
      `sum(rate(traces_span_metrics_calls_total{${of},status_code="STATUS_CODE_ERROR"}[5m])) or 0 * sum(rate(traces_span_metrics_calls_total{${of}}[5m]))`,
    );
    const one = records({ ...promised, kind: "latency", route: "POST /pay", under: "250ms" });
    const ofRoute = `${of},http_route="/pay",http_request_method="POST"`;
    assert.equal(
      one["slo:failures:rate5m"],
      `clamp_min(sum(rate(traces_span_metrics_duration_milliseconds_count{${ofRoute}}[5m])) - sum(rate(traces_span_metrics_duration_milliseconds_bucket{${ofRoute},le=~"250(\\\\.0)?"}[5m])), 0)`,
    );
  });

  it("has the burn rates of the workbook over 30 days, and the same parts of the budget over 28", () => {
    const above = (window: "28d" | "30d") =>
      alerts({ ...promised, window })
        .slice(0, 2)
        .flatMap(({ expr }) =>
          [...expr.matchAll(/ratio_rate(\w+){[^}]*} > ([\d.]+)/g)].map(([, at, than]) => `${at} ${than}`),
        );
    assert.deepEqual(above("30d"), [
      ...["5m 0.0144", "1h 0.0144", "30m 0.006", "6h 0.006"],
      ...["2h 0.003", "1d 0.003", "6h 0.001", "3d 0.001"],
    ]);
    assert.deepEqual(above("28d").slice(0, 4), ["5m 0.01344", "1h 0.01344", "30m 0.0056", "6h 0.0056"]);
  });

  it("has alerts that name who is told, and lead to the page", () => {
    assert.deepEqual(
      alerts(promised).map(({ alert, severity, labels, runbook }) => [severity, alert, labels?.["owner"], runbook]),
      [
        ["critical", "ObjectiveBurnsFast", "payments", "https://wiki.example.com/pay"],
        ["warning", "ObjectiveBurnsSlowly", "payments", "https://wiki.example.com/pay"],
        ["critical", "ObjectiveSilent", "payments", "https://wiki.example.com/pay"],
        ["warning", "ObjectiveUnmeasured", "payments", "https://wiki.example.com/pay"],
      ],
    );
  });

  it("makes rules that are well formed, and alerts that promtool tries, each firing and quiet", () => {
    assert.deepEqual(ruleProblems(objectiveRules([slo(promised), slo({ ...promised, service: 'a"b' })])), []);
    const tried = Object.keys(objectiveScenarios).map(objectiveTests).join("\n");
    for (const { alert } of alerts(promised)) {
      assert.match(tried, new RegExp(`alertname: ${alert}\\n\\s+exp_alerts:\\n`), alert);
      assert.match(tried, new RegExp(`alertname: ${alert}\\n\\s+exp_alerts: \\[\\]`), alert);
    }
  });
});

describe("objectives that cannot be right", () => {
  const refused = (...wrong: readonly Partial<ObjectiveOptions>[]) =>
    objectiveProblems(
      wrong.map((more) => slo({ ...promised, ...more })),
      { retention: "30d" },
    ).map(sentence);

  const cases: Readonly<Record<string, readonly [Partial<ObjectiveOptions>, string]>> = {
    "a latency between two buckets": [
      { kind: "latency", under: "300ms" },
      '0.under: not a bucket boundary of the span metrics, so it cannot be counted, got "300ms"; write 250ms or 500ms',
    ],
    "a latency above all buckets": [
      { kind: "latency", under: "20s" },
      '0.under: not a bucket boundary of the span metrics, so it cannot be counted, got "20s"; write 10s',
    ],
    "a latency without a time": [
      { kind: "latency" },
      "0.under: missing; write how long a good request may take, as one of 5ms, 10ms, 25ms, 50ms, 75ms, 100ms, 250ms, 500ms, 750ms, 1s, 2.5s, 5s, 7.5s, 10s",
    ],
    "a time for availability": [
      { under: "250ms" },
      '0.under: has no effect on availability, got "250ms"; remove it, or set kind: latency',
    ],
    "nothing that may fail": [
      { objective: "100 %" },
      '0.objective: leaves no error budget, got "100 %"; write less than "100 %", as "99.9 %"',
    ],
    "a promise that no alert can watch": [
      { objective: "93 %" },
      '0.objective: so low that its first alert never fires, got "93 %"; write "94 %" or more',
    ],
    "a share without unit": [
      { objective: "0.999" as never },
      '0.objective: not a percentage, got "0.999"; write it with its unit, as "99.9 %"',
    ],
    "a window shorter than a scrape": [
      { window: "10s" },
      '0.window: must be 4 weeks or 30 days, the windows its alerts are made for, got "10s"; write 28d or 30d',
    ],
    "a route that is none": [
      { route: "orders" },
      '0.route: not an http.route, got "orders"; write it as "/orders/{id}" or "POST /orders"',
    ],
    "nobody who is told": [
      { owner: "" },
      '0.owner: empty, so its alerts would reach no team, got ""; name the owning team',
    ],
    "no service": [{ service: " " }, '0.service: empty, got " "; write the service.name of its spans'],
    "a runbook that is no page": [
      { runbook: "see wiki" },
      '0.runbook: not a URL, got "see wiki"; write it as https://wiki.example.com/pay',
    ],
  };
  for (const [what, [wrong, said]] of Object.entries(cases)) {
    it(`say so: ${what}`, () => assert.deepEqual(refused(wrong), [said]));
  }

  it("say so: two of one name", () => {
    assert.deepEqual(refused({}, { objective: "99 %" }), [
      '1.name: another objective of pay has this name, got "availability"; give one of them another name',
    ]);
    assert.deepEqual(refused({}, { service: "cart" }), []);
  });

  it("are refused with the Prometheus that would keep too little, at its own default", () => {
    const problems = (retention?: "30d") =>
      prometheus("prometheus", {
        scrape: {},
        size: "10 GiB",
        ...(retention && { retention }),
        objectives: [slo(promised)],
      }).problems?.map(sentence);
    assert.deepEqual(problems("30d"), []);
    assert.deepEqual(problems(), [
      'objectives.0.window: longer than the metrics retention, 15d, got "30d"; set metricsRetention (retention of prometheus) to 30d or more',
    ]);
  });
});
