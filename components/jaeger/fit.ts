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
export function fitStorage({ textBytes, nameBytes }: StorageLimits): Processor<"traces"> {
  return transform({
    name: "fit",
    statements: {
      traces: [
        ...(textBytes === undefined ? [] : allTexts(textBytes)),
        ...(nameBytes === undefined
          ? []
          : [text('resource.attributes["service.name"]', "resource", nameBytes), text("span.name", "span", nameBytes)]),
      ],
    },
  });
}

const mark = (marked: string): string => `set(${marked}.attributes["${truncatedAttribute}"], true)`;

const text = (path: string, marked: string, bytes: number): StatementGroup => ({
  conditions: [`Len(${path}) > ${bytes}`],
  statements: [`set(${path}, Substring(${path}, 0, ${bytes}, utf8_safe=true))`, mark(marked)],
});

const attributes = (bytes: number, holder: string, marked = holder): StatementGroup => ({
  conditions: [`Len(String(${holder}.attributes)) > ${bytes}`],
  statements: [
    // A name can not be cut, and one this long names nothing.
    `delete_matching_keys(${holder}.attributes, "(?s)^.{512}")`,
    `flatten(${holder}.attributes)`,
    `truncate_all(${holder}.attributes, ${bytes})`,
    mark(marked),
  ],
});

/** The name of a service is an attribute of its resource. */
const allTexts = (bytes: number): StatementGroup[] => [
  attributes(bytes, "resource"),
  attributes(bytes, "scope", "resource"),
  text("scope.name", "resource", bytes),
  text("scope.version", "resource", bytes),
  attributes(bytes, "span"),
  text("span.name", "span", bytes),
  text("span.status.message", "span", bytes),
  text("span.trace_state", "span", bytes),
  attributes(bytes, "spanevent", "span"),
  text("spanevent.name", "span", bytes),
];

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
