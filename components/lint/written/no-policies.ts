import { used } from "../../path/read/collector";
import { child, items } from "../../path/read/node";
import { about, type Rule } from "./rule";

export const noPolicies: Rule = {
  code: "no-policies",
  severity: "error",
  finds: "tail_sampling without policies: it keeps nothing, and `otelcol validate` passes it",
  find: ({ collectors }) =>
    collectors.flatMap((collector) =>
      used(collector, "processors", "tail_sampling")
        .filter(({ config }) => child(config, "policies")?.is !== "unknown")
        .filter(({ config }) => items(child(config, "policies")).length === 0)
        .map((sampling) =>
          about(sampling, ["policies"], {
            reason: "no policy says which traces to keep, so none are kept",
            remedy: "write policies, or remove the processor",
          }),
        ),
    ),
};
