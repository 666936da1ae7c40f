import { child, isKnown, text } from "../../path/read/node";
import { storagesWritten } from "./jaeger-storages";
import type { Rule } from "./rule";

export const jaegerAnswersEarly: Rule = {
  code: "jaeger-answers-early",
  severity: "warning",
  finds: "Elasticsearch or OpenSearch written in the background: what they refuse has been accepted, and is lost",
  find: ({ collectors }) =>
    collectors.flatMap((collector) =>
      storagesWritten(collector)
        .filter(({ kind }) => kind === "elasticsearch" || kind === "opensearch")
        .filter(({ settings }) => isKnown(settings) && isKnown(child(settings, "write_mode")))
        .filter(({ settings }) => text(child(settings, "write_mode")) !== "sync")
        .map(({ at, path }) => ({
          at,
          path: `${path}.write_mode`,
          reason: "async unless it is written: spans count as stored when they are put into a buffer in memory",
          remedy: "write write_mode: sync, which Jaeger has since 2.21",
        })),
    ),
};
