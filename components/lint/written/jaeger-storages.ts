import { used, type Collector } from "../../path/read/collector";
import { child, entries, text, type Entry, type Node } from "../../path/read/node";

/** Storages of Jaeger, by name: `some_storage` to what is below it. */
export const storages = ({ components }: Collector): ReadonlyMap<string, Entry> => {
  const extension = components.find(({ section, type }) => section === "extensions" && type === "jaeger_storage");
  return new Map(entries(child(extension?.config, "backends")));
};

/** The storage into which traces are written, with its kind. */
export function storagesWritten(
  collector: Collector,
): { kind: string; settings: Node; at: Entry["at"]; path: string }[] {
  const byName = storages(collector);
  return used(collector, "exporters", "jaeger_storage_exporter").flatMap(({ config }) => {
    const name = text(child(config, "trace_storage")) ?? "";
    return entries(byName.get(name)?.value).map(([kind, { at, value }]) => ({
      kind,
      settings: value,
      at,
      path: `extensions.jaeger_storage.backends.${name}.${kind}`,
    }));
  });
}
