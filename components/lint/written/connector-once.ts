import { pathOf } from "../../path/read/collector";
import type { Rule } from "./rule";

export const connectorOnce: Rule = {
  code: "connector-once",
  severity: "error",
  finds: "a connector that is only an exporter or only a receiver: the Collector does not start",
  find: ({ collectors }) =>
    collectors
      .filter(({ isKnown }) => isKnown)
      .flatMap(({ components, pipelines }) =>
        components
          .filter(({ section }) => section === "connectors")
          .flatMap((connector) => {
            const sends = pipelines.find(({ exporters }) => exporters.some(({ id }) => id === connector.id));
            const takes = pipelines.find(({ receivers }) => receivers.some(({ id }) => id === connector.id));
            if ((sends === undefined) === (takes === undefined)) return [];
            return [
              {
                at: connector.at,
                path: pathOf(connector),
                reason: sends
                  ? `is an exporter of ${sends.id} and a receiver of no pipeline`
                  : `is a receiver of ${takes!.id} and an exporter of no pipeline`,
                remedy: sends
                  ? "add it to the receivers of the pipeline that takes its output"
                  : "add it to the exporters of the pipeline that feeds it",
              },
            ];
          }),
      ),
};
