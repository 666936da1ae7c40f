import { used } from "../../path/read/collector";
import { child, flag, isKnown } from "../../path/read/node";
import { queueOf } from "../../path/read/written";
import { about, type Found, type Rule } from "./rule";

export const queueInMemory: Rule = {
  code: "queue-in-memory",
  severity: "note",
  finds: "an exporter whose queue is in memory: queued data is lost when the process is killed",
  find: ({ collectors }) =>
    collectors.flatMap((collector) =>
      used(collector, "exporters").flatMap((exporter): Found[] => {
        const queue = queueOf(exporter);
        if (queue === undefined || !queue.enabled || queue.storage !== undefined || !isKnown(queue.settings)) return [];
        // The sender hears only of what the next hop has.
        if (flag(child(queue.settings, "wait_for_result")) === true) return [];
        return [
          about(exporter, queue.path, {
            reason: "data waiting for the next hop is in memory and is lost when the process is killed",
            remedy: `write ${queue.path[0]}.storage: file_storage, and the extension file_storage`,
          }),
        ];
      }),
    ),
};
