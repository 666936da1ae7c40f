import { pathOf, used } from "../../path/read/collector";
import { child, flag, isKnown } from "../../path/read/node";
import { about, type Found, type Rule } from "./rule";

export const loadBalancingQueue: Rule = {
  code: "load-balancing-queue",
  severity: "warning",
  finds: "load_balancing with a queue per backend: the queue is lost when the backend goes",
  find: ({ collectors }) =>
    collectors.flatMap((collector) =>
      used(collector, "exporters", "load_balancing").flatMap((exporter): Found[] => {
        const sub = child(exporter.config, "protocol", "otlp", "sending_queue");
        if (!isKnown(sub) || flag(child(sub, "enabled")) === false) return [];
        // It only makes parts: whoever sends is answered when the backend has them, and has them still when it goes.
        if (flag(child(sub, "wait_for_result")) === true) return [];
        return [
          about(exporter, ["protocol", "otlp", "sending_queue"], {
            reason: "data queued for a backend is dropped when the backend leaves the list, as in every update",
            remedy: `turn it off, and write sending_queue and retry_on_failure in ${pathOf(exporter)} itself`,
          }),
        ];
      }),
    ),
};
