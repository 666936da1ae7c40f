import { meant, type Collector, type Section } from "../../path/read/collector";
import { pipelines } from "../../path/read/written";
import { child } from "../../path/read/node";
import type { Rule } from "./rule";

/** Whether all sections that could define a name are known here. */
const isKnown = ({ root }: Collector, ...sections: Section[]): boolean =>
  sections.every((section) => child(root, section)?.is !== "unknown");

export const missingComponent: Rule = {
  code: "missing-component",
  severity: "error",
  finds: "a pipeline or service.extensions names a component that no section defines",
  find: (written) => [
    ...pipelines(written).flatMap(({ collector, pipeline }) =>
      (["receivers", "processors", "exporters"] as const).flatMap((section) =>
        pipeline[section]
          .filter(({ id }) => meant(collector, section, id) === undefined && isKnown(collector, section, "connectors"))
          .map(({ id, at }) => ({
            at,
            path: `service.pipelines.${pipeline.id}.${section}`,
            value: id,
            reason: "is not defined",
            remedy:
              section === "processors"
                ? `add it to ${section}, or name the file that has it: --config this.yaml,that.yaml`
                : `add it to ${section} or connectors, or name the file that has it: --config this.yaml,that.yaml`,
          })),
      ),
    ),
    ...written.collectors.flatMap((collector) =>
      collector.extensions
        .filter(({ id }) => meant(collector, "extensions", id) === undefined && isKnown(collector, "extensions"))
        .map(({ id, at }) => ({
          at,
          path: "service.extensions",
          value: id,
          reason: "is not defined",
          remedy: "add it to extensions, or name the file that has it: --config this.yaml,that.yaml",
        })),
    ),
  ],
};
