import { child, has } from "../../path/read/node";
import type { Rule } from "./rule";

export const telemetryAddress: Rule = {
  code: "telemetry-address",
  severity: "note",
  finds: "service.telemetry.metrics.address, which the Collector ignores since 0.123",
  find: ({ collectors, version = 123 }) =>
    version < 123
      ? []
      : collectors.flatMap(({ root }) => {
          const metrics = child(root, "service", "telemetry", "metrics");
          if (metrics?.is !== "map" || !has(metrics, "address")) return [];
          return [
            {
              at: metrics.entries.get("address")!.at,
              path: "service.telemetry.metrics.address",
              reason: "is ignored since 0.123: the Collector's own metrics are on localhost:8888",
              remedy: "write readers: [{ pull: { exporter: { prometheus: { host, port } } } }]",
            },
          ];
        }),
};
