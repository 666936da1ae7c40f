import { z } from "zod";
import { collectorRoles, tracingDefaults } from "../components/tracing";
import { count, duration, flag, text } from "./values";

/** Which Collectors there are. */
export const roles = z.array(
  z.enum(collectorRoles, `must be one or more of ${collectorRoles.join(", ")}`),
  "must be a list",
);

export const agent = z.strictObject({
  hostMetrics: flag.default(tracingDefaults.node.hostMetrics),
  kubeletMetrics: z.enum(["off", "unverified", "verified"], "must be off, unverified or verified").default("verified"),
  containerLogs: flag.default(true),
});

const autoscale = z.strictObject({ min: count, max: count, cpuPercent: count.max(100) });
const replicas = z
  .union([count, autoscale], "must be a whole number above zero, or { min, max, cpuPercent }")
  .default(tracingDefaults.gateway.replicas);

export const gateway = z.strictObject({ replicas });

const { sampler: waits } = tracingDefaults;
export const sampler = z.strictObject({
  replicas,
  decisionWait: duration.default(waits.decisionWait),
  tracesPerSecond: count.default(waits.tracesPerSecond),
  dnsTtl: duration.default(waits.dnsTtl),
  acceptSplitTraces: flag.default(waits.acceptSplitTraces),
});

const end = z.number("must be a number").optional();
/** A value of an attribute, of the type that SDKs give it. */
const wanted = z.union(
  [text, z.number(), flag, z.strictObject({ min: end, max: end })],
  "must be a string, a number, true, false or { min, max }",
);

/** Attributes, each with the values that are wanted. */
export const wantedValues = z.record(
  z.string(),
  z.array(wanted, "must be a list of values"),
  "must map attributes to values",
);

/** What tail sampling keeps; nothing set keeps every trace. */
export const tailSampling = z.strictObject({
  errors: flag.optional(),
  slowerThan: duration.optional(),
  attributes: wantedValues.optional(),
  spansPerSecond: count.optional(),
  percent: z.number("must be a number").min(0, "must be at least 0").max(100, "must be at most 100").optional(),
});
