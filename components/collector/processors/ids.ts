import type { Processor } from "../part";
import { transform, type StatementGroup } from "./transform";

/** Attribute of a span that came without an id, and was given one. Search for it: `sightline.id_missing=true`. */
export const idMissingAttribute = "sightline.id_missing";

/**
 * Gives an id to spans that came without one, or with zeros alone, which is no id, and marks them. Otherwise such spans of all
 * services would be one trace, which grows until it is dropped, and stores keep one of those that begin at the same moment.
 * One without a trace becomes a trace of its own; nothing says what it belongs to.
 *
 * Source: opentelemetry/proto/trace/v1/trace.proto, on `trace_id` and `span_id`.
 */
export const ids = (): Processor<"traces"> =>
  transform({
    name: "ids",
    statements: { traces: [given("trace_id", "TraceID", 32), given("span_id", "SpanID", 16)] },
  });

const given = (id: string, type: string, digits: number): StatementGroup => ({
  conditions: [`span.${id} == ${type}(0x${"0".repeat(digits)})`],
  statements: [
    `set(span.${id}.string, Substring(SHA256(UUID()), 0, ${digits}))`,
    `set(span.attributes["${idMissingAttribute}"], true)`,
  ],
});
