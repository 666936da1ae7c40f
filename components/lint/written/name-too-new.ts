import { pathOf } from "../../path/read/collector";
import { renameOf } from "./renamed";
import type { Found, Rule } from "./rule";

export const nameTooNew: Rule = {
  code: "name-too-new",
  severity: "error",
  finds: "a name that is newer than the Collector given with --collector",
  find: ({ collectors, version = Infinity }) =>
    collectors.flatMap(({ components }) =>
      components.flatMap((component): Found[] => {
        const rename = renameOf(component, "name");
        if (rename === undefined || rename.since <= version) return [];
        return [
          {
            at: component.at,
            path: pathOf(component),
            reason: `0.${version} has no "${rename.name}", so it does not start`,
            remedy: `write ${rename.former}, or run 0.${rename.since} or newer`,
          },
        ];
      }),
    ),
};
