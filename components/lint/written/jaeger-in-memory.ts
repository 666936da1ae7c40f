import { child, flag, isKnown } from "../../path/read/node";
import { storagesWritten } from "./jaeger-storages";
import type { Found, Rule } from "./rule";

export const jaegerInMemory: Rule = {
  code: "jaeger-in-memory",
  severity: "note",
  finds: "Jaeger with traces in memory, or in a badger that is ephemeral: they end with the process",
  find: ({ collectors }) =>
    collectors.flatMap((collector) =>
      storagesWritten(collector).flatMap(({ kind, settings, at, path }): Found[] => {
        const ephemeral = child(settings, "ephemeral");
        if (kind === "memory") {
          return [
            {
              at,
              path,
              reason: "every trace is gone when the process ends, and the oldest go beyond max_traces",
              remedy: "use badger on a volume, or a storage that is a process of its own",
            },
          ];
        }
        if (kind !== "badger" || !isKnown(ephemeral) || flag(ephemeral) === false) return [];
        return [
          {
            at,
            path: `${path}.ephemeral`,
            reason: "true unless it is written: every trace is gone when the process ends",
            remedy: "write ephemeral: false, and directories on a volume",
          },
        ];
      }),
    ),
};
