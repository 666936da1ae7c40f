import { count } from "../collector/connectors/count";
import type { Connector, Processor } from "../collector/part";
import { transform, type StatementGroup } from "../collector/processors/transform";
import type { StorageLimits } from "../storage/storage";

/** Attribute that says a span, or its resource, was cut down. Search for it: `sightline.truncated=true`. */
export const truncatedAttribute = "sightline.truncated";

/**
 * Cuts down what a storage cannot take, and marks it. Without this one long text would be tried for ever, and all that
 * comes after it would wait behind it.
 *
 * Attributes are looked at together: while their text is short enough, so is each of them. Only where it is not, lists
 * and maps become attributes of their own and each text is cut.
 *
 * Source: truncate_all and flatten in pkg/ottl/ottlfuncs/README.md of the Collector's contrib repository.
 */
export function fitStorage({ textBytes }: StorageLimits): Processor<"traces"> {
  const mark = (marked: string) => `set(${marked}.attributes["${truncatedAttribute}"], true)`;
  const attributes = (holder: string, marked = holder): StatementGroup => ({
    conditions: [`Len(String(${holder}.attributes)) > ${textBytes}`],
    statements: [
      // A name can not be cut, and one this long names nothing.
      `delete_matching_keys(${holder}.attributes, "(?s)^.{512}")`,
      `flatten(${holder}.attributes)`,
      `truncate_all(${holder}.attributes, ${textBytes})`,
      mark(marked),
    ],
  });
  const text = (path: string, marked: string): StatementGroup => ({
    conditions: [`Len(${path}) > ${textBytes}`],
    statements: [`set(${path}, Substring(${path}, 0, ${textBytes}, utf8_safe=true))`, mark(marked)],
  });
  return transform({
    name: "fit",
    statements: {
      traces: [
        attributes("resource"),
        attributes("scope", "resource"),
        text("scope.name", "resource"),
        text("scope.version", "resource"),
        attributes("span"),
        text("span.name", "span"),
        text("span.status.message", "span"),
        text("span.trace_state", "span"),
        attributes("spanevent", "span"),
        text("spanevent.name", "span"),
      ],
    },
  });
}

/** Counts the spans that {@link fitStorage} has cut, as the metric `sightline.spans.truncated`. */
export const countTruncated = (): Connector<"traces", "metrics"> =>
  count({
    name: "truncated",
    spans: {
      "sightline.spans.truncated": {
        description: "Spans cut down because the trace storage takes no longer text",
        conditions: [
          `span.attributes["${truncatedAttribute}"] == true or resource.attributes["${truncatedAttribute}"] == true`,
        ],
      },
    },
  });
