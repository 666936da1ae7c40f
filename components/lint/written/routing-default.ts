import { placeOf, used } from "../../path/read/collector";
import { child, items } from "../../path/read/node";
import type { Rule } from "./rule";

export const routingDefault: Rule = {
  code: "routing-default",
  severity: "warning",
  finds: "a routing connector without default_pipelines: what matches no route is dropped without a word",
  find: ({ collectors }) =>
    collectors.flatMap((collector) =>
      used(collector, "connectors", "routing")
        .filter(({ config }) => items(child(config, "default_pipelines")).length === 0)
        .map((routing) => ({
          at: placeOf(routing, "default_pipelines"),
          path: `connectors.${routing.id}.default_pipelines`,
          reason: "missing: what matches no route is dropped without a word",
          remedy: "name the pipelines that take it",
        })),
    ),
};
