import { sections } from "../../path/read/collector";
import { entries } from "../../path/read/node";
import type { Rule } from "./rule";

const known: readonly string[] = [...sections, "service"];

export const unknownSection: Rule = {
  code: "unknown-section",
  severity: "error",
  finds: "a key at the top that is no section: the Collector does not start",
  find: ({ collectors }) =>
    collectors.flatMap(({ root }) =>
      entries(root)
        .filter(([key]) => !known.includes(key))
        .map(([key, { at }]) => ({
          at,
          path: key,
          reason: "no section of a Collector's configuration, so it does not start",
          remedy: `use one of ${known.join(", ")}`,
        })),
    ),
};
