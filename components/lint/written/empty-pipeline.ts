import { pipelines } from "../../path/read/written";
import type { Found, Rule } from "./rule";

export const emptyPipeline: Rule = {
  code: "empty-pipeline",
  severity: "error",
  finds: "no pipelines at all, or a pipeline without receivers or exporters",
  find: (written) => [
    ...written.collectors
      .filter(({ pipelines, isKnown }) => pipelines.length === 0 && isKnown)
      .map(({ root }): Found => ({
        at: root.at,
        path: "service.pipelines",
        reason: "no pipelines, so the Collector does not start",
        remedy: "add a pipeline, or name the file that has it: --config this.yaml,that.yaml",
      })),
    ...pipelines(written).flatMap(({ pipeline }) =>
      (["receivers", "exporters"] as const)
        .filter((section) => pipeline[section].length === 0 && pipeline.isKnown)
        .map((section) => ({
          at: pipeline.at,
          path: `service.pipelines.${pipeline.id}.${section}`,
          reason: `a pipeline without ${section}, so the Collector does not start`,
          remedy: `name at least one, or remove the pipeline`,
        })),
    ),
  ],
};
