import { inSeconds } from "../../core/units";
import type { AlertingRule } from "../rule";
import { burnRate, burns, tidy, type Burn } from "./burn";
import { recorded, shares } from "./names";
import { idOf, type Objective } from "./objective";
import { budgetOf } from "./sli";

/** Failures in the longer window below which nobody is told: with few requests, one of them is a large share. */
const fewestFailures = 5;
/** Requests within an hour after which ten minutes without any are no chance. */
const steady = 600;

/** Alerts of one objective, whose failures are recorded each so many seconds. */
export function objectiveAlerts(objective: Objective, recordedEach: number): AlertingRule[] {
  const { service, name, kind, route, under, window, owner, runbook } = objective;
  const id = idOf(objective);
  const labels = { sloth_id: id, sloth_service: service, sloth_slo: name, owner };
  const budget = budgetOf(objective);
  const what = `${service}${route === undefined ? "" : ` ${route}`}`;
  const bad = kind === "availability" ? "fail" : `take longer than ${under}`;
  const left = `{{ with query "${quoted(recorded("slo:period_error_budget_remaining:ratio", id))}" }}{{ . | first | value | humanizePercentage }}{{ else }}an unknown part{{ end }}`;
  const dashboard = "Dashboard Objectives shows since when, dashboard Service which endpoints and traces.";

  const burns_ = (burn: Burn): string => {
    const above = (share: string) => `${recorded(share, id)} > ${tidy(burnRate(burn, window) * budget)}`;
    const failures = `sum_over_time(${recorded("slo:failures:rate5m", id)}[${burn.long}]) * ${recordedEach} >= ${fewestFailures}`;
    return `(${above(shares(burn.short))} and ignoring (sloth_window) ${above(shares(burn.long))} and ignoring (sloth_window) ${failures})`;
  };
  const either = ([first, second]: readonly [Burn, Burn]) =>
    `max without (sloth_window) (${burns_(first)} or ignoring (sloth_window) ${burns_(second)})`;
  const lasts = (burn: Burn) => `${tidy(inSeconds(window) / burnRate(burn, window) / 86_400).toFixed(0)} days`;

  return [
    {
      alert: "ObjectiveBurnsFast",
      expr: either(burns.page),
      severity: "critical",
      summary: `{{ $value | humanizePercentage }} of the requests to ${what} ${bad}`,
      description: `At this rate it misses its objective of ${objective.objective} over ${window} within ${lasts(burns.page[1])} or sooner; ${left} of the error budget is left. ${dashboard}`,
      runbook,
      service,
      labels: { ...labels, sloth_severity: "page" },
    },
    {
      alert: "ObjectiveBurnsSlowly",
      expr: either(burns.ticket),
      severity: "warning",
      summary: `{{ $value | humanizePercentage }} of the requests to ${what} ${bad}, for hours`,
      description: `If this continues, it misses its objective of ${objective.objective} over ${window}; ${left} of the error budget is left. This can wait until working hours. ${dashboard}`,
      runbook,
      service,
      labels: { ...labels, sloth_severity: "ticket" },
    },
    {
      alert: "ObjectiveSilent",
      expr: `sum_over_time(${recorded("slo:requests:rate5m", id)}[1h] offset 10m) * ${recordedEach} > ${steady} unless max_over_time(${recorded("slo:requests:rate5m", id)}[5m]) > 0`,
      for: "5m",
      severity: "critical",
      summary: `${what} had {{ $value | humanize }} requests in an hour, but now has none`,
      description: `It has no callers, it is down, or its spans do not arrive; until then its objective is not monitored. Check that other services still show on dashboard Services; if none does, the path of spans is broken, and the alerts of the pipeline say where.`,
      runbook,
      service,
      labels: { ...labels, sloth_severity: "page" },
    },
    {
      alert: "ObjectiveUnmeasured",
      expr: `absent_over_time(${recorded("slo:requests:rate5m", id)}[1d])`,
      for: "1h",
      severity: "warning",
      summary: `No request to ${what} was measured within a day`,
      description: `Objective ${name} measures nothing. Either no span has this service.name${route === undefined ? "" : " and http.route"} (dashboard Services lists them), or the service has no callers. Correct the objective, or remove it.`,
      runbook,
      service,
      labels: { ...labels, sloth_severity: "ticket" },
    },
  ];
}

/** A query inside the text of a template. */
const quoted = (query: string): string => query.replace(/["\\]/g, "\\$&");
