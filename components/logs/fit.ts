import { count } from "../collector/connectors/count";
import type { Connector, Processor } from "../collector/part";
import { shorter } from "../collector/processors/shorter";
import { transform, type StatementGroup } from "../collector/processors/transform";
import { inBytes } from "../core/units";
import { truncatedAttribute } from "../jaeger/fit";

/** A line above this is no line that anybody reads. Loki takes as much. */
const longestLine = inBytes("256 KiB");

/**
 * Bytes and number of attributes: what Loki takes beside a line is 64 KiB and 128 of them, those of its resource and scope
 * among them.
 */
const holders = [
  ["log", 32_000, 64],
  ["resource", 20_000, 40],
  ["scope", 4_000, 8],
] as const;
/** Bytes of each attribute, and of its name, where all of them together are too many. */
const [long, short] = [8_192, 256];

/**
 * Cuts down log records that a log store does not take, and marks them: it would drop them, or all of the request that they
 * are in.
 *
 * Source: max_line_size, max_structured_metadata_size and max_structured_metadata_entries_count in
 * docs/sources/shared/configuration.md of Loki 3.7.
 */
export const fitLines = (): Processor<"logs"> =>
  transform({
    name: "fit-lines",
    statements: {
      logs: [
        {
          conditions: [`Len(log.body.string) > ${longestLine}`],
          statements: [`set(log.body, Substring(log.body.string, 0, ${longestLine}, utf8_safe=true))`, marked],
        },
        ...holders.flatMap(([holder, bytes, most]) => [
          fewer(holder, most),
          // Long ones lose their ends first, and only where that is not enough do all.
          ...[long, short].map((each) => shorter({ holder, above: bytes, each, longestName: 256, mark: marked })),
        ]),
      ],
    },
  });

/** Of the records of a resource, the first tells that it was cut. */
const marked = `set(log.attributes["${truncatedAttribute}"], true)`;

const fewer = (holder: string, most: number): StatementGroup => ({
  conditions: [`Len(${holder}.attributes) > ${most}`],
  statements: [`limit(${holder}.attributes, ${most}, ["service.name"])`, marked],
});

/** Counts the records that {@link fitLines} has cut, as the metric `sightline.logs.truncated`. */
export const countTruncatedLines = (): Connector<"logs", "metrics"> =>
  count({
    name: "truncated-lines",
    logs: {
      "sightline.logs.truncated": {
        description: "Log records truncated because the log store does not accept them whole",
        conditions: [`log.attributes["${truncatedAttribute}"] == true`],
      },
    },
  });
