import { inMilliseconds, inPercent } from "../../core/units";
import * as metrics from "../metrics";
import { tidy } from "./burn";
import type { Objective } from "./objective";

/** An http.route, and perhaps a method before it. */
export const routePattern = /^(?:([A-Z]+) )?(\/\S*)$/;

/** Share of requests that may fail: 0.001 for `"99.9 %"`. */
export const budgetOf = ({ objective }: Pick<Objective, "objective">): number => tidy(1 - inPercent(objective) / 100);

/** Requests a second, over five minutes. */
export const requests = (objective: Objective): string => rate(counted(objective), matchers(objective));

/**
 * Those of them that were not good: 0, not absent, while all are.
 *
 * `le` is "250" where metrics are sent, and "250.0" where they are scraped.
 */
export function failures(objective: Objective): string {
  const { kind, under } = objective;
  const own = matchers(objective);
  if (kind === "availability") {
    return `${rate(counted(objective), [...own, metrics.failed])} or 0 * ${requests(objective)}`;
  }
  const bound = inMilliseconds(under!);
  const good = rate(metrics.spanDuration, [...own, `le=~${JSON.stringify(`${bound}(\\.0)?`)}`]);
  return `clamp_min(${requests(objective)} - ${good}, 0)`;
}

const counted = ({ kind }: Objective) => (kind === "availability" ? metrics.spanCalls : metrics.spanDurationCount);

const rate = (counter: string, where: readonly string[]) => `sum(rate(${counter}{${where.join(",")}}[5m]))`;

function matchers({ service, route = "" }: Objective): string[] {
  const [, method, path] = routePattern.exec(route) ?? [];
  return [
    `service_name=${JSON.stringify(service)}`,
    metrics.served,
    ...(path === undefined ? [] : [`http_route=${JSON.stringify(path)}`]),
    ...(method === undefined ? [] : [`http_request_method=${JSON.stringify(method)}`]),
  ];
}
