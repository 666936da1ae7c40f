import { placeOf, used } from "../../path/read/collector";
import { child, items } from "../../path/read/node";
import type { Rule } from "./rule";

export const routingDefault: Rule = {
  code: "routing-default",
  severity: "warning",
  finds: "a routing connector without default_pipelines: data that matches no route is silently dropped",
  find: ({ collectors }) =>
    collectors.flatMap((collector) =>
      used(collector, "connectors", "routing")
        .filter(({ config }) => items(child(config, "default_pipelines")).length === 0)
        .map((routing) => ({
          at: placeOf(routing, "default_pipelines"),
          path: `connectors.${routing.id}.default_pipelines`,
          reason: "missing: data that matches no route is silently dropped",
          remedy: "name the pipelines for it",
        })),
    ),
};
