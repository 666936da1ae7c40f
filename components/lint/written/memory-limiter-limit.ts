import { child, has, isKnown, milliseconds, text } from "../../path/read/node";
import { about, type Found, type Rule } from "./rule";

export const memoryLimiterLimit: Rule = {
  code: "memory-limiter-limit",
  severity: "error",
  finds: "memory_limiter without check_interval or without a limit: the Collector does not start",
  find: ({ collectors }) =>
    collectors.flatMap(({ components }) =>
      components
        .filter(({ section, type }) => section === "processors" && type === "memory_limiter")
        .flatMap((limiter): Found[] => {
          const interval = child(limiter.config, "check_interval");
          const hasInterval = !isKnown(interval) || (milliseconds(interval) ?? 0) > 0;
          const hasLimit = ["limit_mib", "limit_percentage"].some(
            (key) => has(limiter.config, key) && text(child(limiter.config, key)) !== "0",
          );
          return [
            ...(hasInterval
              ? []
              : [
                  about(limiter, ["check_interval"], {
                    reason: "missing or 0, so the Collector does not start",
                    remedy: "write check_interval: 1s",
                  }),
                ]),
            ...(hasLimit
              ? []
              : [
                  about(limiter, ["limit_mib"], {
                    reason: "no limit, so the Collector does not start",
                    remedy: "write limit_mib, or limit_percentage: 80 if the container has a memory limit",
                  }),
                ]),
          ];
        }),
    ),
};
