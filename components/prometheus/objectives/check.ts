import { httpBuckets } from "../../collector/connectors/buckets";
import { within, type Problem } from "../../core/problems";
import { inMilliseconds, type Duration } from "../../core/units";
import { burnRate, burns } from "./burn";
import { idOf, type Objective } from "./objective";
import { budgetOf, routePattern } from "./sli";

/** What decides whether an objective can be measured. */
export interface Measured {
  /** How long samples are kept. */
  readonly retention: Duration;
}

/** What is wrong with objectives, each and together. */
export const objectiveProblems = (objectives: readonly Objective[], measured: Measured): Problem[] =>
  objectives.flatMap((objective, i) => [
    ...within(String(i), [...ofOne(objective), ...ofWindow(objective, measured)]),
    ...(objectives.findIndex((other) => idOf(other) === idOf(objective)) < i
      ? [
          {
            path: `${i}.name`,
            value: objective.name,
            reason: `another objective of ${objective.service} has this name`,
            remedy: "give one of them another name",
          },
        ]
      : []),
  ]);

function ofOne(objective: Objective): Problem[] {
  const { service, owner, runbook, route, kind, under } = objective;
  const problems: Problem[] = [];
  const wrong = (path: string, value: unknown, reason: string, remedy: string) =>
    problems.push({ path, ...(value !== undefined && { value }), reason, remedy });
  if (service.trim() === "") wrong("service", service, "empty", "write the service.name of its spans");
  if (owner.trim() === "") wrong("owner", owner, "empty, so its alerts would reach no team", "name the owning team");
  if (!isPage(runbook)) {
    wrong("runbook", runbook, "not a URL", "write it as https://wiki.example.com/pay");
  }
  if (route !== undefined && !routePattern.test(route)) {
    wrong("route", route, "not an http.route", 'write it as "/orders/{id}" or "POST /orders"');
  }
  const budget = budgetOf(objective);
  // Stronger than this it would need more failures than there are requests.
  const fastest = burnRate(burns.page[0], "30d");
  if (Number.isNaN(budget)) {
    wrong("objective", objective.objective, "not a percentage", 'write it with its unit, as "99.9 %"');
  } else if (budget <= 0) {
    wrong("objective", objective.objective, "leaves no error budget", 'write less than "100 %", as "99.9 %"');
  } else if (fastest * budget >= 1) {
    const least = 100 - Math.floor(100 / fastest);
    wrong("objective", objective.objective, "so low that its first alert never fires", `write "${least} %" or more`);
  }
  if (kind === "availability" && under !== undefined) {
    wrong("under", under, "has no effect on availability", "remove it, or set kind: latency");
  }
  if (kind === "latency" && under === undefined) {
    wrong("under", undefined, "missing", `write how long a good request may take, as one of ${httpBuckets.join(", ")}`);
  }
  if (kind === "latency" && under !== undefined && !isBucket(under)) {
    wrong(
      "under",
      under,
      "not a bucket boundary of the span metrics, so it cannot be counted",
      `write ${nearest(under)}`,
    );
  }
  return problems;
}

const isPage = (text: string): boolean => /^https?:\/\/\S+$/.test(text) && URL.canParse(text);

const isBucket = (under: Duration) => httpBuckets.some((bucket) => inMilliseconds(bucket) === inMilliseconds(under));

/** The bounds on both sides. */
function nearest(under: Duration): string {
  const below = httpBuckets.filter((bucket) => inMilliseconds(bucket) < inMilliseconds(under)).at(-1);
  const above = httpBuckets.find((bucket) => inMilliseconds(bucket) > inMilliseconds(under));
  return [below, above].filter((bucket) => bucket !== undefined).join(" or ") || `one of ${httpBuckets.join(", ")}`;
}

const usual: readonly Duration[] = ["28d", "30d"];

function ofWindow({ window }: Objective, { retention }: Measured): Problem[] {
  if (!usual.includes(window)) {
    return [
      {
        path: "window",
        value: window,
        reason: "must be 4 weeks or 30 days, the windows its alerts are made for",
        remedy: `write ${usual.join(" or ")}`,
      },
    ];
  }
  return inMilliseconds(window) <= inMilliseconds(retention)
    ? []
    : [
        {
          path: "window",
          value: window,
          reason: `longer than the metrics retention, ${retention}`,
          remedy: `set metricsRetention (retention of prometheus) to ${window} or more`,
        },
      ];
}
