import { pipelines, processorsOf } from "../../path/read/written";
import type { Found, Rule } from "./rule";

/** Processors that answer before what follows them has: a refusal behind them reaches no sender. */
const answerEarly = ["batch", "tail_sampling", "groupbytrace"];

export const memoryLimiterLate: Rule = {
  code: "memory-limiter-late",
  severity: "note",
  finds: "memory_limiter that is not first; a warning if it comes after batch or tail_sampling",
  find: (written) =>
    pipelines(written).flatMap((place): Found[] => {
      const processors = processorsOf(place);
      const position = processors.findIndex(({ type }) => type === "memory_limiter");
      if (position <= 0) return [];
      const early = processors.slice(0, position).find(({ type }) => answerEarly.includes(type));
      return [
        {
          ...(early && { severity: "warning" as const }),
          at: processors[position]!.reference.at,
          path: `service.pipelines.${place.pipeline.id}.processors`,
          reason: early
            ? `${early.id} before memory_limiter has already acknowledged the data that the limiter refuses, so it is dropped`
            : `${processors[0]!.id} has already allocated memory before memory_limiter can refuse`,
          remedy: "put memory_limiter first",
        },
      ];
    }),
};
