import { isUsed } from "../../path/read/collector";
import { child, text } from "../../path/read/node";
import { about, type Rule } from "./rule";

/** Settings that name an extension. */
const references = [
  ["storage"],
  ["sending_queue", "storage"],
  ["queue", "storage"],
  ["auth", "authenticator"],
  ["protocols", "grpc", "auth", "authenticator"],
  ["protocols", "http", "auth", "authenticator"],
];

/** `otelcol validate` starts nothing, and so does not see these. */
export const missingExtension: Rule = {
  code: "missing-extension",
  severity: "error",
  finds: "a storage or an authenticator that is not an extension in service.extensions; `otelcol validate` passes it",
  find: ({ collectors }) =>
    collectors
      .filter(({ isKnown }) => isKnown)
      .flatMap((collector) =>
        collector.components
          .filter((component) => isUsed(collector, component) && component.section !== "extensions")
          .flatMap((component) =>
            references.flatMap((path) => {
              const id = text(child(component.config, ...path));
              if (id === undefined || collector.extensions.some((extension) => extension.id === id)) return [];
              return [
                about(component, path, {
                  value: id,
                  reason: "is not in service.extensions, so the Collector does not start",
                  remedy: "add it to extensions and to service.extensions",
                }),
              ];
            }),
          ),
      ),
};
