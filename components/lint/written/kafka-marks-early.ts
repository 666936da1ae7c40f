import { used } from "../../path/read/collector";
import { child, flag, isKnown } from "../../path/read/node";
import { about, type Rule } from "./rule";

export const kafkaMarksEarly: Rule = {
  code: "kafka-marks-early",
  severity: "warning",
  finds: "a kafka receiver that commits offsets before messages are stored",
  find: ({ collectors }) =>
    collectors.flatMap((collector) =>
      used(collector, "receivers", "kafka")
        .filter(({ config }) => isKnown(child(config, "message_marking", "after")))
        .filter(({ config }) => flag(child(config, "message_marking", "after")) !== true)
        .map((receiver) =>
          about(receiver, ["message_marking", "after"], {
            reason:
              "offsets are committed when messages are read: messages not stored when the process ends are skipped",
            remedy: "write message_marking: { after: true }",
          }),
        ),
    ),
};
