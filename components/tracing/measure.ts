import { resource, serviceGraph, spanMetrics } from "../collector/parts";
import { budgets, forgottenAfter, waitingCalls } from "../collector/budgets";
import type { Processor } from "../collector/part";
import { identifiers } from "../collector/processors/identifiers";
import { collectorInstance, overflowing } from "../collector/processors/overflowing";
import type { Judging, Measuring } from "./options";

/** Names without identifiers, before anything counts by them. */
export const named = ({ names }: Measuring): Processor<"traces">[] =>
  names.identifiers === "replace" ? [identifiers()] : [];

/** Whether one process measures all spans, or each of several a part. */
export type Measurers = "one" | "several";

/**
 * Counts and durations of spans, of so many names of each service as there is memory for. One of several Collectors adds
 * its id, or they would overwrite each other's counts.
 */
export function measured({ names, memory }: Measuring, measurers: Measurers) {
  const { seriesPerService, services } = budgets(memory);
  return spanMetrics({
    dimensions: ["http.route", "http.request.method"],
    collectorInstanceId: measurers === "several",
    seriesExpiration: forgottenAfter,
    expiration: forgottenAfter,
    cardinalityLimit: names.seriesPerService ?? seriesPerService,
    services,
    resourceAttributes: true,
  });
}

/** Span metrics on their way to Prometheus: what is counted together says of which service. */
export const ofServices = (measurers: Measurers): Processor<"metrics">[] => [
  ...(measurers === "several" ? [whoMeasures] : []),
  overflowing({ collectorInstanceId: measurers === "several" }),
];
const whoMeasures = resource({
  name: "measures",
  attributes: [{ key: collectorInstance, action: "upsert", fromVariable: "HOSTNAME" }],
});

/**
 * Calls between services. Databases are told apart by their kind: names of databases can be as many as customers, and each
 * would be kept for a quarter of an hour.
 */
export const graph = ({ tracesPerSecond }: Pick<Judging, "tracesPerSecond">) =>
  serviceGraph({
    store: { maxItems: waitingCalls(tracesPerSecond) },
    databaseNameAttributes: ["db.system.name", "db.system"],
    virtualNodePeerAttributes: ["peer.service", "db.system.name", "db.system"],
  });

/** Each of several counts the same calls, or cuts lines of the same service: without a name of its own it would overwrite what others have counted. */
export const whoCounts = resource({
  name: "instance",
  attributes: [{ key: "service.instance.id", action: "insert", fromVariable: "HOSTNAME" }],
});
