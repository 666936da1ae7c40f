import { pathOf } from "../../path/read/collector";
import { oldest, renameOf } from "./renamed";
import type { Found, Rule } from "./rule";

export const formerName: Rule = {
  code: "former-name",
  severity: "note",
  finds:
    "a name that the Collector in use has replaced; its version comes from --collector or from newer names in the file",
  find: ({ collectors, version }) =>
    collectors.flatMap((collector) =>
      collector.components.flatMap((component): Found[] => {
        const rename = renameOf(component, "former");
        if (rename === undefined || rename.since > (version ?? oldest(collector))) return [];
        return [
          {
            at: component.at,
            path: pathOf(component),
            reason: `"${rename.former}" was renamed "${rename.name}" in 0.${rename.since}; the old name logs a warning and will be removed`,
            remedy: `write ${rename.name}, here and in the pipelines`,
          },
        ];
      }),
    ),
};
