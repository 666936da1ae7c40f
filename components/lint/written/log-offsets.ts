import { used } from "../../path/read/collector";
import { child, flag, has, isKnown } from "../../path/read/node";
import { about, type Found, type Rule } from "./rule";

export const logOffsets: Rule = {
  code: "log-offsets",
  severity: "note",
  finds: "file_log that does not store its read positions, or drops lines that the next component refuses",
  find: ({ collectors }) =>
    collectors.flatMap((collector) =>
      used(collector, "receivers", "file_log").flatMap((receiver): Found[] => {
        const retry = child(receiver.config, "retry_on_failure", "enabled");
        return [
          ...(has(receiver.config, "storage")
            ? []
            : [
                about(receiver, ["storage"], {
                  reason: "read positions are lost at a restart: lines are skipped or read twice",
                  remedy: "write storage: file_storage, and the extension file_storage",
                }),
              ]),
          ...(flag(retry) === true || !isKnown(retry)
            ? []
            : [
                about(receiver, ["retry_on_failure", "enabled"], {
                  reason: "lines that the pipeline refuses, for example in memory_limiter, are dropped",
                  remedy: "write retry_on_failure: { enabled: true }",
                }),
              ]),
        ];
      }),
    ),
};
