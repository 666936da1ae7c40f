import { count } from "../collector/connectors/count";
import type { Connector, Processor } from "../collector/part";
import { filter } from "../collector/processors/filter";
import { shorter } from "../collector/processors/shorter";
import { transform, type StatementGroup } from "../collector/processors/transform";
import { inMilliseconds, type Duration } from "../core/units";
import type { StorageLimits } from "../storage/storage";

/** Attribute that says a span, or its resource, was cut down. Search for it: `sightline.truncated=true`. */
export const truncatedAttribute = "sightline.truncated";

/** Attribute that has what a span said of its beginning, in nanoseconds, where it was moved to the present. */
export const movedAttribute = "sightline.start_time_unix_nano";

/**
 * Cuts down what a storage cannot take, and marks it. Without this one long text would be tried for ever, and all that
 * comes after it would wait behind it.
 *
 * Attributes are looked at together: while their text is short enough, so is each of them, and only where it is not are
 * they cut. What JSON has no number for, NaN and the infinities, becomes text for every storage: a search that meets one in
 * Jaeger answers nothing but an error.
 */
export function fitStorage(limits: StorageLimits = {}): Processor<"traces">[] {
  const { textBytes, nameBytes, events, attributes: most, utf8, times } = limits;
  const rewritten = transform({
    name: "fit",
    statements: {
      traces: [
        ...holders.map(([holder, marked]) => numbers(holder, marked)),
        ...(utf8 ? [replaced('resource.attributes["service.name"]')] : []),
        ...(events === undefined ? [] : [withoutEvents(events)]),
        ...(textBytes === undefined ? [] : allTexts(textBytes)),
        // Of a long list each item has become an attribute.
        ...(most === undefined ? [] : fewer(most)),
        ...(nameBytes === undefined
          ? []
          : [text('resource.attributes["service.name"]', "resource", nameBytes), text("span.name", "span", nameBytes)]),
        ...(times === undefined ? [] : [atPresent(times)]),
      ],
    },
  });
  if (events === undefined) return [rewritten];
  const dropped = filter({ name: "fit", drop: { traces: { spanEvent: [`Len(span.events) > ${events}`] } } });
  return [rewritten, { ...dropped, stage: rewritten.stage }];
}

const mark = (marked: string): string => `set(${marked}.attributes["${truncatedAttribute}"], true)`;

/** What has attributes, and what is marked for it. */
const holders = [
  ["resource", "resource"],
  ["scope", "resource"],
  ["span", "span"],
  ["spanevent", "span"],
] as const;

const text = (path: string, marked: string, bytes: number): StatementGroup => ({
  conditions: [`Len(${path}) > ${bytes}`],
  statements: [`set(${path}, Substring(${path}, 0, ${bytes}, utf8_safe=true))`, mark(marked)],
});

/** As the Collector writes them. Source: float64AsString in pdata/pcommon/value.go. */
const notInJson = "=(NaN|[-+]?Inf(inity)?)( |$)";

/** A text that says the same has the span's numbers become text too, which is rare and does no harm. */
const numbers = (holder: string, marked: string): StatementGroup => ({
  conditions: [`IsMatch(ToKeyValueString(${holder}.attributes), "${notInJson}")`],
  statements: [`stringify_all(${holder}.attributes)`, mark(marked)],
});

/** Bytes that are no character match U+FFFD, which is written in their place. */
const replaced = (path: string): StatementGroup => ({
  conditions: [`IsMatch(${path}, "\\\\x{FFFD}")`],
  statements: [`replace_pattern(${path}, "\\\\x{FFFD}", "\uFFFD")`, mark("resource")],
});

/**
 * Bytes that are no text take a third more in this sum, and twice their number where they are stored: so the sum may
 * have two thirds of what a text may have. Lists and maps that hold NaN have no text here, and none there.
 */
const attributes = (bytes: number, holder: string, marked: string): StatementGroup =>
  shorter({ holder, above: Math.floor((bytes * 2) / 3), each: bytes, longestName: 512, mark: mark(marked) });

/** The name of a service is an attribute of its resource. */
const allTexts = (bytes: number): StatementGroup[] => [
  ...holders.map(([holder, marked]) => attributes(bytes, holder, marked)),
  text("scope.name", "resource", bytes),
  text("scope.version", "resource", bytes),
  text("span.name", "span", bytes),
  text("span.status.message", "span", bytes),
  text("span.trace_state", "span", bytes),
  text("spanevent.name", "span", bytes),
];

/** All of them go: which ones to keep cannot be said. */
const withoutEvents = (most: number): StatementGroup => ({
  conditions: [`Len(span.events) > ${most}`],
  statements: ["set(span.dropped_events_count, span.dropped_events_count + Len(span.events))", mark("span")],
});

/** Attributes of many events count too; those of few may have as many as SDKs let them. */
const fewer = (most: number): StatementGroup[] => [
  {
    conditions: [`Len(span.attributes) > ${most}`],
    statements: [`limit(span.attributes, ${most}, [])`, mark("span")],
  },
  {
    conditions: [`Len(span.events) > 50 and Len(spanevent.attributes) > 16`],
    statements: ["limit(spanevent.attributes, 16, [])", mark("span")],
  },
];

const nanoseconds = (duration: Duration): string => `${Math.round(inMilliseconds(duration))}000000`;

/** Such a span becomes one of the present, without a duration, and says when it began. */
const atPresent = ({ past, future }: NonNullable<StorageLimits["times"]>): StatementGroup => ({
  conditions: [
    `span.start_time_unix_nano < UnixNano(Now()) - ${nanoseconds(past)}`,
    `span.start_time_unix_nano > UnixNano(Now()) + ${nanoseconds(future)}`,
  ],
  statements: [
    `set(span.attributes["${movedAttribute}"], span.start_time_unix_nano)`,
    mark("span"),
    "set(span.end_time_unix_nano, UnixNano(Now()))",
    "set(span.start_time_unix_nano, span.end_time_unix_nano)",
  ],
});

/** Counts the spans that {@link fitStorage} has cut, as the metric `sightline.spans.truncated`. */
export const countTruncated = (): Connector<"traces", "metrics"> =>
  count({
    name: "truncated",
    spans: {
      "sightline.spans.truncated": {
        description: "Spans truncated because the trace storage does not accept them whole",
        conditions: [
          `span.attributes["${truncatedAttribute}"] == true or resource.attributes["${truncatedAttribute}"] == true`,
        ],
      },
    },
  });
