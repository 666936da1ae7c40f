import type { StatementGroup } from "../collector/processors/transform";
import type { Form } from "./form";
import { noted, replaced, summarized } from "./statements";
import { text } from "./texts";

/** What the redaction processor writes beside a body with fields. */
const summaries = {
  suspected: "redaction.body.allowed.count",
  masked: "redaction.body.masked.count",
  kept: "redaction.body.ignored.count",
} as const;

/**
 * Masks forms in the body of a log record. A body with fields in which something was seen is masked as JSON, and read again:
 * whole numbers in it become decimals. Where that is no JSON any more, it stays a text.
 */
export const body = (forms: readonly Form[], keep: readonly string[]): StatementGroup[] => [
  text("log.body.string", "log", forms),
  ...(keep.length === 0 ? [] : [summarized("log", summaries.kept, [])]),
  summarized("log", summaries.masked, noted("credentials", "log")),
  summarized("log", summaries.suspected, [
    `set(log.cache["body"], String(log.body))`,
    ...forms.flatMap((form) => replaced(`log.cache["body"]`, "log", form)),
    `set(log.body, log.cache["body"])`,
    `set(log.body, ParseJSON(log.cache["body"]))`,
  ]),
];
