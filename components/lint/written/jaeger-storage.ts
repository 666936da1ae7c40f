import { used } from "../../path/read/collector";
import { child, entries, text } from "../../path/read/node";
import { storages } from "./jaeger-storages";
import { about, type Found, type Rule } from "./rule";

/** Settings that name a storage of traces. */
const users: readonly [section: "exporters" | "extensions", type: string, path: string[]][] = [
  ["exporters", "jaeger_storage_exporter", ["trace_storage"]],
  ["extensions", "jaeger_query", ["storage", "traces"]],
  ["extensions", "jaeger_query", ["storage", "traces_archive"]],
  ["extensions", "remote_storage", ["storage"]],
];

export const jaegerStorage: Rule = {
  code: "jaeger-storage",
  severity: "error",
  finds: "a storage that jaeger_storage does not have, or one of two kinds at once; `jaeger validate` passes it",
  find: ({ collectors }) =>
    collectors.flatMap((collector): Found[] => {
      const byName = storages(collector);
      const missing = users.flatMap(([section, type, path]) =>
        used(collector, section, type).flatMap((component) => {
          const name = text(child(component.config, ...path));
          if (name === undefined || byName.has(name)) return [];
          const known = byName.size === 0 ? "there are none" : `there are ${[...byName.keys()].join(", ")}`;
          return [
            about(component, path, {
              value: name,
              reason: `is not in extensions.jaeger_storage.backends, so Jaeger does not start; ${known}`,
              remedy: "name an existing one, or add it",
            }),
          ];
        }),
      );
      const twice = [...byName].flatMap(([name, { at, value }]) => {
        const kinds = entries(value).map(([kind]) => kind);
        if (kinds.length < 2) return [];
        return [
          {
            at,
            path: `extensions.jaeger_storage.backends.${name}`,
            value: kinds,
            reason: "one storage of two kinds: Jaeger 2.15 and newer do not start; older ones use one of the two",
            remedy: "give each kind its own name",
          },
        ];
      });
      return [...missing, ...twice];
    }),
};
