import { inMilliseconds, inSeconds, type Duration } from "../../core/units";
import type { RecordingRule, RuleGroup, RuleGroups } from "../rule";
import { objectiveAlerts } from "./alerts";
import { windows } from "./burn";
import { idOf, type Objective } from "./objective";
import { recorded, shares } from "./names";
import { budgetOf, failures, requests } from "./sli";

/** How often an objective is looked at. */
export const interval: Duration = "30s";

/**
 * Rules of objectives: what was asked and what failed, shares of it over each window, what is left of the budget, and
 * alerts. Names are those of Sloth, so its dashboards show them too.
 *
 * Longer windows add up what was recorded over five minutes: they count requests, not minutes, and cost as little for a
 * service with a thousand series as for one with two.
 *
 * Source: Sloth 0.16, examples/_gen.
 */
export const objectiveRules = (objectives: readonly Objective[]): RuleGroups => objectives.flatMap(rulesOf);

function rulesOf(objective: Objective): RuleGroup[] {
  const { service, name, owner, window } = objective;
  const id = idOf(objective);
  const labels = { sloth_id: id, sloth_service: service, sloth_slo: name, owner };
  const own = (metric: string) => recorded(metric, id);
  const record = (record: string, expr: string, more = {}): RecordingRule => ({
    record,
    expr,
    labels: { ...labels, ...more },
  });
  const over = (span: Duration) =>
    `sum_over_time(${own("slo:failures:rate5m")}[${span}]) / (sum_over_time(${own("slo:requests:rate5m")}[${span}]) > 0)`;
  const share = (span: Duration) => record(shares(span), over(span), { sloth_window: span });
  const budget = own("slo:error_budget:ratio");
  const burn = (share: string) => `${own(share)} / ignoring (sloth_window) ${budget}`;
  return [
    {
      name: `objective ${id}`,
      interval,
      rules: [
        record("slo:requests:rate5m", requests(objective)),
        record("slo:failures:rate5m", failures(objective)),
        record(shares("5m"), `${own("slo:failures:rate5m")} / (${own("slo:requests:rate5m")} > 0)`, {
          sloth_window: "5m",
        }),
        ...windows.slice(1).map(share),
        record("slo:objective:ratio", `vector(1 - ${budgetOf(objective)})`),
        record("slo:error_budget:ratio", `vector(${budgetOf(objective)})`),
        record("slo:time_period:days", `vector(${inMilliseconds(window) / 86_400_000})`),
        record("slo:current_burn_rate:ratio", burn(shares("5m"))),
        record("sloth_slo_info", "vector(1)", { sloth_mode: "sightline", sloth_spec: "sightline", sloth_version: "1" }),
        ...objectiveAlerts(objective, inSeconds(interval)),
      ],
    },
    {
      // Two numbers a minute over a month: there is no hurry, and a series has to be renewed within five minutes.
      name: `objective ${id} over ${window}`,
      interval: "2m",
      rules: [
        share(window),
        record("slo:period_burn_rate:ratio", burn(shares(window))),
        record("slo:period_error_budget_remaining:ratio", `1 - ${own("slo:period_burn_rate:ratio")}`),
      ],
    },
  ];
}
