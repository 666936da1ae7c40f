import { used } from "../../path/read/collector";
import { child, flag, isKnown } from "../../path/read/node";
import { queueOf } from "../../path/read/written";
import { about, type Rule } from "./rule";

export const diskUnsynced: Rule = {
  code: "disk-unsynced",
  severity: "note",
  finds: "file_storage of a queue without fsync: a power failure can lose queued data",
  find: ({ collectors }) =>
    collectors.flatMap((collector) => {
      const storages = used(collector, "exporters").flatMap((exporter) => queueOf(exporter)?.storage ?? []);
      return used(collector, "extensions", "file_storage")
        .filter(({ id, config }) => storages.includes(id) && isKnown(child(config, "fsync")))
        .filter(({ config }) => flag(child(config, "fsync")) !== true)
        .map((storage) =>
          about(storage, ["fsync"], {
            reason: "the operating system decides when writes reach the disk: a power failure can corrupt the queue",
            remedy: "write fsync: true",
          }),
        );
    }),
};
