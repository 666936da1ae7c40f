import { used, type Component } from "../../path/read/collector";
import { child, number, text } from "../../path/read/node";
import { queueOf } from "../../path/read/written";
import { about, type Found, type Rule } from "./rule";

export const diskTooSmall: Rule = {
  code: "disk-too-small",
  severity: "warning",
  finds: "file_storage whose max_size is less than its queues: they refuse data before they are full",
  find: ({ collectors }) =>
    collectors.flatMap((collector) =>
      used(collector, "extensions", "file_storage").flatMap((storage): Found[] => {
        const room = number(child(storage.config, "max_size")) ?? 0;
        // Each exporter and signal has a file of its own, and max_size holds for each.
        const tooLarge = used(collector, "exporters").find((exporter) => bytesOnDisk(exporter, storage.id) > room);
        if (room <= 0 || tooLarge === undefined) return [];
        return [
          about(storage, ["max_size"], {
            value: room,
            reason: `the queue of ${tooLarge.id} is configured for ${bytesOnDisk(tooLarge, storage.id)} bytes, but the disk is full before that and senders are refused`,
            remedy: "write a larger max_size, or a smaller queue_size",
          }),
        ];
      }),
    ),
};

/** What the queue of an exporter may hold in a storage, where it counts bytes. */
function bytesOnDisk(exporter: Component, storage: string): number {
  const queue = queueOf(exporter);
  if (!queue?.enabled || queue.storage !== storage || text(child(queue.settings, "sizer")) !== "bytes") return 0;
  return number(child(queue.settings, "queue_size")) ?? 0;
}
