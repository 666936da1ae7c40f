import { isUsed } from "../../path/read/collector";
import { about, type Rule } from "./rule";

export const unusedComponent: Rule = {
  code: "unused-component",
  severity: "note",
  finds: "a component that no pipeline uses, or an extension that is not in service.extensions",
  find: ({ collectors }) =>
    collectors
      .filter(({ isKnown }) => isKnown)
      .flatMap((collector) =>
        collector.components
          .filter((component) => !isUsed(collector, component))
          .map((component) =>
            about(component, [], {
              reason:
                component.section === "extensions"
                  ? "is not in service.extensions, so it does not run"
                  : "is used by no pipeline, so it does not run",
              remedy:
                component.section === "extensions"
                  ? "add it to service.extensions, or remove it"
                  : "add it to a pipeline, or remove it",
            }),
          ),
      ),
};
