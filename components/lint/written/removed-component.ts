import { pathOf, type Component } from "../../path/read/collector";
import { removals, type Removal } from "../../path/read/names";
import { oldest } from "./renamed";
import type { Found, Rule } from "./rule";

const removalOf = ({ section, type }: Component): Removal | undefined =>
  removals.find((removal) => removal.section === section && removal.name === type);

export const removedComponent: Rule = {
  code: "removed-component",
  severity: "error",
  finds: "a component that was removed from the Collector in use; a note if its version is unknown",
  find: ({ collectors, version }) =>
    collectors.flatMap((collector) =>
      collector.components.flatMap((component): Found[] => {
        const removal = removalOf(component);
        if (removal === undefined || removal.since > (version ?? removal.since)) return [];
        const isCertain = removal.since <= (version ?? Math.max(90, oldest(collector)));
        return [
          {
            ...(!isCertain && { severity: "note" as const }),
            at: component.at,
            path: pathOf(component),
            reason: `"${removal.name}" was removed in 0.${removal.since}: newer Collectors do not start with it`,
            remedy: `use ${removal.instead}`,
          },
        ];
      }),
    ),
};
