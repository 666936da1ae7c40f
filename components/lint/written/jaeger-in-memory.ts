import { child, flag, isKnown } from "../../path/read/node";
import { storagesWritten } from "./jaeger-storages";
import type { Found, Rule } from "./rule";

export const jaegerInMemory: Rule = {
  code: "jaeger-in-memory",
  severity: "note",
  finds: "Jaeger with traces in memory or in an ephemeral badger: they are lost when the process ends",
  find: ({ collectors }) =>
    collectors.flatMap((collector) =>
      storagesWritten(collector).flatMap(({ kind, settings, at, path }): Found[] => {
        const ephemeral = child(settings, "ephemeral");
        if (kind === "memory") {
          return [
            {
              at,
              path,
              reason: "all traces are lost when the process ends, and the oldest are dropped beyond max_traces",
              remedy: "use badger on a volume, or a storage that runs as its own process",
            },
          ];
        }
        if (kind !== "badger" || !isKnown(ephemeral) || flag(ephemeral) === false) return [];
        return [
          {
            at,
            path: `${path}.ephemeral`,
            reason: "defaults to true: all traces are lost when the process ends",
            remedy: "write ephemeral: false, and directories on a volume",
          },
        ];
      }),
    ),
};
