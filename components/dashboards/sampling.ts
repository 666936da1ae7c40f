import type { Board } from "./board";
import { boards, toBoard } from "./links";
import { bars, number, timeseries } from "./panels";
import { budget } from "./queries";

const mayBeEmpty = "this stack has no sampling budget, or nothing was kept yet";
const query = (expr: string, legend: string) => ({ expr, legend, mayBeEmpty });

/** What a sampling budget is spent on. */
export const samplingBoard = (): Board => ({
  uid: boards.sampling,
  title: "Sampling",
  description: "What is kept of all traces, against the budget, and why. Empty where a stack has no samplingBudget.",
  links: [toBoard("overview", "Overview"), toBoard("collector", "Collector")],
  rows: {
    "Is the budget kept?": [
      number({
        title: "Budget used",
        description:
          "Part of the budget that was spent in the last hour. What stays unused is the price of a hard limit.",
        width: "quarter",
        height: "low",
        unit: "percentunit",
        queries: [query(budget.used, "used")],
        colours: { green: 0, orange: 1.15 },
      }),
      number({
        title: "Spans kept",
        description: "Part of all spans that samplers have decided on.",
        width: "quarter",
        height: "low",
        unit: "percentunit",
        queries: [query(budget.keptShare, "kept")],
        colours: { green: 0 },
      }),
      number({
        title: "Failed spans that are not kept",
        description:
          "Failures beyond what the budget has room for. Metrics count all of them. Raise the budget or its window.",
        width: "quarter",
        height: "low",
        unit: "percentunit",
        queries: [query(budget.errorsCapped, "not kept")],
        colours: { green: 0, orange: 0.1 },
      }),
      number({
        title: "Traces of unknown routes",
        description: "Kept traces whose route the profile does not have, in spans a second. Many of them: learn again.",
        width: "quarter",
        height: "low",
        unit: "cps",
        queries: [query(budget.unknown, "spans a second")],
        colours: { green: 0 },
      }),
      timeseries({
        title: "Spent against the budget",
        description: "Spans a second, by the bucket that kept them. Above the line is what was saved before.",
        width: "full",
        height: "high",
        unit: "cps",
        queries: [query(budget.byBucket, "{{policy}}"), query(budget.line, "budget")],
      }),
    ],
    "What is kept?": [
      bars({
        title: "By bucket",
        description: "Traces kept over the time shown, by the bucket that kept them.",
        width: "half",
        height: "high",
        unit: "short",
        queries: [query(budget.traces, "{{policy}}")],
        colours: { blue: 0 },
      }),
      timeseries({
        title: "Late and lost",
        description:
          "Spans that came after their trace was dropped, and traces too large for a sampler: what no bucket saw.",
        width: "half",
        height: "high",
        unit: "cps",
        queries: [query(budget.late, "late: {{instance}}"), query(budget.tooLarge, "too large: {{instance}}")],
      }),
    ],
  },
});
