import { used } from "../../path/read/collector";
import { child, flag, isKnown, milliseconds, text } from "../../path/read/node";
import { queueOf } from "../../path/read/written";
import { about, type Found, type Rule } from "./rule";

const defaultElapsed = "300s";

export const retryGivesUp: Rule = {
  code: "retry-gives-up",
  severity: "warning",
  finds: "a queue on disk that drops data it could not send for max_elapsed_time, or any queue without retry",
  find: ({ collectors }) =>
    collectors.flatMap((collector) =>
      used(collector, "exporters").flatMap((exporter): Found[] => {
        const queue = queueOf(exporter);
        if (queue === undefined || !queue.enabled) return [];
        const retry = child(exporter.config, "retry_on_failure");
        if (flag(child(retry, "enabled")) === false) {
          return [
            about(exporter, ["retry_on_failure", "enabled"], {
              value: false,
              reason: "data that the next hop refuses once is dropped although it was acknowledged to senders",
              remedy: "remove it, or turn the queue off as well so that senders see the failure",
            }),
          ];
        }
        const elapsed = child(retry, "max_elapsed_time");
        if (!isKnown(retry) || !isKnown(elapsed)) return [];
        const time = milliseconds(elapsed);
        const isShort = time === undefined ? queue.storage !== undefined : time > 0 && time < 300_000;
        const isOnDisk = queue.storage !== undefined && time !== 0;
        if (!isShort && !isOnDisk) return [];
        return [
          about(exporter, ["retry_on_failure", "max_elapsed_time"], {
            ...(elapsed && { value: text(elapsed) }),
            reason:
              queue.storage === undefined
                ? "data that the next hop has not taken by then is dropped"
                : `data that the next hop has not taken by then${elapsed ? "" : ` (${defaultElapsed}, the default)`} is dropped, although it is on disk`,
            remedy: "write max_elapsed_time: 0s, which retries until it is delivered",
          }),
        ];
      }),
    ),
};
