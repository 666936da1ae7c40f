import { used } from "../../path/read/collector";
import { child, milliseconds, number } from "../../path/read/node";
import { about, type Found, type Rule } from "./rule";

export const tailSamplingRoom: Rule = {
  code: "tail-sampling-room",
  severity: "warning",
  finds:
    "tail_sampling whose num_traces is less than the traces that start while it waits: the oldest are dropped before a decision",
  find: ({ collectors }) =>
    collectors.flatMap((collector) =>
      used(collector, "processors", "tail_sampling").flatMap((sampling): Found[] => {
        const perSecond = number(child(sampling.config, "expected_new_traces_per_sec")) ?? 0;
        const seconds = (milliseconds(child(sampling.config, "decision_wait")) ?? 30_000) / 1000;
        const room = number(child(sampling.config, "num_traces")) ?? 50_000;
        if (perSecond * seconds <= room) return [];
        return [
          about(sampling, ["num_traces"], {
            value: room,
            reason: `${perSecond} new traces a second for ${seconds} s are ${perSecond * seconds}: the oldest are dropped before a decision`,
            remedy: `write num_traces: ${perSecond * seconds * 2}`,
          }),
        ];
      }),
    ),
};
