import { used } from "../../path/read/collector";
import { child, flag, has, isKnown, number, text } from "../../path/read/node";
import { queueOf } from "../../path/read/written";
import { about, type Found, type Rule } from "./rule";

export const queueSettings: Rule = {
  code: "queue-settings",
  severity: "error",
  finds: "queue settings that exclude each other: the Collector does not start",
  find: ({ collectors }) =>
    collectors.flatMap((collector) =>
      used(collector, "exporters").flatMap((exporter): Found[] => {
        const queue = queueOf(exporter);
        if (queue === undefined || !queue.enabled) return [];
        const { settings, path } = queue;
        const found: Found[] = [];
        if (flag(child(settings, "wait_for_result")) === true && queue.storage !== undefined) {
          found.push(
            about(exporter, [...path, "wait_for_result"], {
              value: true,
              reason: "a queue on disk cannot wait for the result, so the Collector does not start",
              remedy: "remove wait_for_result or storage",
            }),
          );
        }
        const batch = child(settings, "batch");
        const sizer = text(child(settings, "sizer")) ?? "requests";
        const batchSizer = text(child(batch, "sizer")) ?? (has(settings, "sizer") ? sizer : "items");
        const size = number(child(settings, "queue_size")) ?? 1000;
        const least = number(child(batch, "min_size")) ?? 8192;
        const most = number(child(batch, "max_size")) ?? 0;
        if (has(settings, "batch") && isKnown(batch)) {
          if (sizer === batchSizer && isKnown(child(settings, "queue_size")) && least > size) {
            found.push(
              about(exporter, [...path, "batch", "min_size"], {
                value: least,
                reason: `more than queue_size, ${size} ${sizer}, so the Collector does not start`,
                remedy: `write a queue_size of ${least} or more`,
              }),
            );
          }
          if (most > 0 && most < least) {
            found.push(
              about(exporter, [...path, "batch", "max_size"], {
                value: most,
                reason: `less than min_size, ${least}, so the Collector does not start`,
                remedy: `write min_size: ${most} or less`,
              }),
            );
          }
        }
        return found;
      }),
    ),
};
