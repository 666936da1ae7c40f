import type { Duration, Percent } from "../../core/units";

export interface ObjectiveOptions {
  /** `service.name` of the spans. */
  readonly service: string;
  /** `http.route` of its requests, with a method before it or without: `"/orders/{id}"`, `"POST /orders"`. @default - all */
  readonly route?: string | undefined;
  /** `availability`: requests that do not fail. `latency`: requests, failed or not, that take no longer than `under`. */
  readonly kind: "availability" | "latency";
  /** Share of requests for which that has to be so: `"99.9 %"`. */
  readonly objective: Percent;
  /** Longest time of a good request: an upper bound of a bucket of the span metrics. For `latency` alone. */
  readonly under?: Duration | undefined;
  /** Time over which the share is counted: `"28d"` or `"30d"`. @default "30d" */
  readonly window?: Duration | undefined;
  /** Who is told: label `owner` of its alerts. */
  readonly owner: string;
  /** Page that says what to do when it is missed, as a URL. */
  readonly runbook: string;
  /** Unique among the objectives of the service. @default - the kind, the route and `under` */
  readonly name?: string | undefined;
}

/** A share of requests that a service has promised, and over which time. */
export interface Objective extends ObjectiveOptions {
  readonly window: Duration;
  readonly name: string;
}

/**
 * A service level objective. What is wrong with it is said by the Prometheus that it is given to.
 *
 * Source: Google, The Site Reliability Workbook, chapter 2.
 */
export const slo = (options: ObjectiveOptions): Objective => ({
  ...options,
  window: options.window ?? "30d",
  name: options.name ?? named(options),
});

/** `latency-post-orders-id-250ms` */
const named = ({ kind, route = "", under }: ObjectiveOptions): string =>
  [kind, ...route.toLowerCase().split(/[^a-z0-9]+/), under ?? ""].filter((word) => word !== "").join("-");

/** Name that no other objective has, whatever its service. */
export const idOf = ({ service, name }: Objective): string => `${service}-${name}`;
