import { used } from "../../path/read/collector";
import { child, isKnown, text } from "../../path/read/node";
import { about, type Rule } from "./rule";

export const kafkaAcks: Rule = {
  code: "kafka-acks",
  severity: "note",
  finds: "a kafka exporter that waits for only one broker",
  find: ({ collectors }) =>
    collectors.flatMap((collector) =>
      used(collector, "exporters", "kafka")
        .filter(({ config }) => isKnown(child(config, "producer", "required_acks")))
        .filter(({ config }) => !["all", "-1"].includes(text(child(config, "producer", "required_acks")) ?? "1"))
        .map((exporter) =>
          about(exporter, ["producer", "required_acks"], {
            reason:
              "a message counts as sent when one broker has it, and is lost if that broker fails before another has copied it",
            remedy: "write producer: { required_acks: all }",
          }),
        ),
    ),
};
