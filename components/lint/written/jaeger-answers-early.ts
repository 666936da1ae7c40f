import { child, isKnown, text } from "../../path/read/node";
import { storagesWritten } from "./jaeger-storages";
import type { Rule } from "./rule";

export const jaegerAnswersEarly: Rule = {
  code: "jaeger-answers-early",
  severity: "warning",
  finds: "Elasticsearch or OpenSearch written asynchronously: data they refuse was already acknowledged, and is lost",
  find: ({ collectors }) =>
    collectors.flatMap((collector) =>
      storagesWritten(collector)
        .filter(({ kind }) => kind === "elasticsearch" || kind === "opensearch")
        .filter(({ settings }) => isKnown(settings) && isKnown(child(settings, "write_mode")))
        .filter(({ settings }) => text(child(settings, "write_mode")) !== "sync")
        .map(({ at, path }) => ({
          at,
          path: `${path}.write_mode`,
          reason: "defaults to async: spans count as stored once they are in a memory buffer",
          remedy: "write write_mode: sync, available since Jaeger 2.21",
        })),
    ),
};
