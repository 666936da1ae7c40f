import { used } from "../../path/read/collector";
import { child, flag, isKnown } from "../../path/read/node";
import { queueOf } from "../../path/read/written";
import { about, type Rule } from "./rule";

export const diskUnsynced: Rule = {
  code: "disk-unsynced",
  severity: "note",
  finds: "file_storage of a queue without fsync: what waits can be lost when the power fails",
  find: ({ collectors }) =>
    collectors.flatMap((collector) => {
      const storages = used(collector, "exporters").flatMap((exporter) => queueOf(exporter)?.storage ?? []);
      return used(collector, "extensions", "file_storage")
        .filter(({ id, config }) => storages.includes(id) && isKnown(child(config, "fsync")))
        .filter(({ config }) => flag(child(config, "fsync")) !== true)
        .map((storage) =>
          about(storage, ["fsync"], {
            reason: "writes reach the disk when the system gets to it: a queue can be damaged when the power fails",
            remedy: "write fsync: true",
          }),
        );
    }),
};
