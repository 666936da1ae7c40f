import { goDuration, inSeconds, type Duration } from "../../core/units";
import * as metrics from "../metrics";
import type { RuleGroups } from "../rule";

/** A sampling budget, as far as alerts ask for it. */
export interface WatchedBudget {
  /** Of all samplers together. */
  readonly spansPerSecond: number;
  /** Time over which it holds. */
  readonly window: Duration;
  /** What is set apart for routes that the profile does not have. @default - there is no profile */
  readonly unknownPerSecond?: number | undefined;
}

/** Tokens that were saved are a tenth of a window; the rest is what a rate is wrong by at its ends. */
const tolerated = 1.15;
const keptSpans = (more = "") => `${metrics.tailPolicySpans}{decision="sampled"${more}}`;
const ofClasses = (decision: string) =>
  `sum by (policy) (increase(${metrics.tailPolicyDecisions}{policy=~"class-.+",decision="${decision}"}[1d]))`;
const failed = `${metrics.spanCalls}{status_code="STATUS_CODE_ERROR"}`;

/** Whether a budget is kept, and whether what it was learnt from still holds. */
export const budgetRules = ({ spansPerSecond, window, unknownPerSecond }: WatchedBudget): RuleGroups => {
  const over = goDuration(`${Math.max(600, inSeconds(window))}s`);
  return [
    {
      name: "budget",
      rules: [
        { record: metrics.budgetSpansPerSecond, expr: `vector(${spansPerSecond})` },
        {
          alert: "BudgetExceeded",
          expr: `sum(rate(${keptSpans()}[${over}])) / ${spansPerSecond} > ${tolerated}`,
          for: "10m",
          severity: "warning",
          summary: "Samplers keep {{ $value | humanizePercentage }} of the sampling budget",
          description:
            "Buckets cannot do that by themselves: there are more samplers than the budget was divided among, or they start again and again with full buckets. Change the budget before the number of samplers grows.",
        },
        {
          alert: "ErrorsCapped",
          expr: `1 - (sum(rate(${metrics.keptFailed}[10m])) or vector(0)) / (sum(rate(${failed}[10m])) > 0) > 0.1`,
          for: "10m",
          severity: "warning",
          summary: "{{ $value | humanizePercentage }} of the spans that failed are not kept",
          description:
            "Failures are more than what the budget sets apart for them, and for what is slow. Metrics count all of them. Raise the budget, or its window, which lets more of one storm be kept.",
        },
        ...(unknownPerSecond === undefined
          ? []
          : [
              {
                alert: "ProfileStale",
                expr: `sum(rate(${keptSpans(',policy="unknown"')}[1h])) / ${unknownPerSecond} > 0.9`,
                for: "1h",
                severity: "warning",
                summary: "Traces of routes that the profile does not have take all that is set apart for them",
                description:
                  "They use {{ $value | humanizePercentage }} of it, and share it, so few of each are kept. Learn a new profile, look at what it changes, and commit it.",
              } as const,
              {
                alert: "ClassEmpty",
                expr: `${ofClasses("not_sampled")} > 0 unless ${ofClasses("sampled")} > 0`,
                for: "1h",
                severity: "info",
                summary: "No trace of {{ $labels.policy }} was kept for a day",
                description:
                  "Its routes have no traffic any more, or other names. What is set apart for them is unused. Learn a new profile.",
              } as const,
            ]),
      ],
    },
  ];
};
