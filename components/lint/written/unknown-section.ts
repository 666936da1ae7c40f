import { sections } from "../../path/read/collector";
import { entries } from "../../path/read/node";
import type { Rule } from "./rule";

const known: readonly string[] = [...sections, "service"];

export const unknownSection: Rule = {
  code: "unknown-section",
  severity: "error",
  finds: "a top-level key that is not a section: the Collector does not start",
  find: ({ collectors }) =>
    collectors.flatMap(({ root }) =>
      entries(root)
        .filter(([key]) => !known.includes(key))
        .map(([key, { at }]) => ({
          at,
          path: key,
          reason: "not a section of a Collector's configuration, so the Collector does not start",
          remedy: `use one of ${known.join(", ")}`,
        })),
    ),
};
