import type { Processor } from "../collector/part";
import { filter } from "../collector/processors/filter";
import { transform, type StatementGroup } from "../collector/processors/transform";
import { inMilliseconds, type Duration } from "../core/units";
import { latestSample } from "./config";
import { collectorFilteredPoints } from "./metrics";

/** Name of the processors. */
export const fitting = "fit-points";

/** Attribute, and so label, that says a point was changed so that Prometheus takes it. Search for it: `{sightline_changed="true"}`. */
export const changedAttribute = "sightline.changed";

/** Every series with such a point, in PromQL. */
export const changedSeries = `{${changedAttribute.replace(".", "_")}="true"}`;

/** Points that {@link fitPoints} drops, in PromQL. */
export const unfitPoints = `${collectorFilteredPoints}{filter="filter/${fitting}"}`;

const nanoseconds = (duration: Duration): number => inMilliseconds(duration) * 1_000_000;

/** Prometheus takes what is ten minutes ahead; its clock may be a little behind that of the Collector. */
const ahead = nanoseconds("5m");
/** What is older than this when it comes is too old when it is stored, however short it waits. */
const old = nanoseconds(latestSample);
/** Scale of an exponential histogram. */
const coarsest = -4;
const minute = nanoseconds("1m");

const now = "UnixNano(Now())";
const mark = `set(datapoint.attributes["${changedAttribute}"], true)`;

/**
 * Points as Prometheus takes them: it refuses all of a request for one point of another kind, those of other services among
 * them. What can be changed is changed and marked; what is too old or too coarse is dropped and counted.
 *
 * Left: an exponential histogram whose counts do not add up, and a second value of one series at one time. No SDK sends them.
 *
 * Source: storage/remote/write_otlp_handler.go of Prometheus 3, and what it answered to each of them.
 */
export const fitPoints = (): Processor<"metrics">[] => [
  filter({
    name: fitting,
    drop: {
      metrics: {
        // It has no points.
        metric: ["metric.type == METRIC_DATA_TYPE_NONE"],
        dataPoint: [
          `datapoint.time_unix_nano > 0 and datapoint.time_unix_nano < ${now} - ${old}`,
          `datapoint.scale < ${coarsest}`,
        ],
      },
    },
  }),
  transform({
    name: fitting,
    statements: { metrics: [withoutTime, early, withoutName, withoutTemporality, ...labels] },
  }),
];

const withoutTime: StatementGroup = {
  conditions: ["datapoint.time_unix_nano == 0"],
  statements: ["set(datapoint.time_unix_nano, UnixNano(Now()))", mark],
};

/** By whole minutes, so that points of one series stay apart: a second value at the same time is refused too. */
const early: StatementGroup = {
  conditions: [`datapoint.time_unix_nano > ${now} + ${ahead}`],
  statements: [
    `set(datapoint.time_unix_nano, datapoint.time_unix_nano - ((datapoint.time_unix_nano - ${now}) / ${minute} + 1) * ${minute})`,
    mark,
  ],
};

/** Of the points of a metric, the first is marked. */
const withoutName: StatementGroup = {
  conditions: ['not IsMatch(metric.name, "[0-9A-Za-z]")'],
  statements: ['set(metric.name, "unnamed")', mark],
};

/** As above. */
const withoutTemporality: StatementGroup = {
  conditions: ["SUM", "HISTOGRAM", "EXPONENTIAL_HISTOGRAM"].map(
    (type) =>
      `metric.type == METRIC_DATA_TYPE_${type} and metric.aggregation_temporality != AGGREGATION_TEMPORALITY_DELTA and metric.aggregation_temporality != AGGREGATION_TEMPORALITY_CUMULATIVE`,
  ),
  statements: ["set(metric.aggregation_temporality, AGGREGATION_TEMPORALITY_CUMULATIVE)", mark],
};

/** Attributes whose names have no letter and no digit go. */
const labels: StatementGroup[] = ["resource", "scope", "datapoint"].map((holder) => ({
  statements: [`delete_matching_keys(${holder}.attributes, "^[^0-9A-Za-z]*$")`],
}));
