import { meant } from "../../path/read/collector";
import { pipelines, processorsOf } from "../../path/read/written";
import type { Rule } from "./rule";

/** Receivers that take whatever senders push. Scrapers and readers go at their own pace. */
const pushed = ["otlp", "jaeger", "zipkin", "opencensus", "skywalking", "statsd", "fluent_forward", "otelarrow"];

export const memoryLimiterMissing: Rule = {
  code: "memory-limiter-missing",
  severity: "warning",
  finds: "a pipeline that senders push to, without memory_limiter",
  find: (written) =>
    pipelines(written).flatMap(({ collector, pipeline }) => {
      const receiver = pipeline.receivers.find(({ id }) =>
        pushed.includes(meant(collector, "receivers", id)?.type ?? ""),
      );
      const isLimited = processorsOf({ collector, pipeline }).some(({ type }) => type === "memory_limiter");
      // Where nothing waits for a next hop, nothing heaps up.
      const isPrinted = pipeline.exporters.every(({ id }) =>
        ["debug", "logging", "nop"].includes(meant(collector, "exporters", id)?.type ?? ""),
      );
      if (receiver === undefined || isLimited || isPrinted || !pipeline.isKnown) return [];
      return [
        {
          at: pipeline.at,
          path: `service.pipelines.${pipeline.id}.processors`,
          reason: `nothing limits what ${receiver.id} accepts when memory runs out: the process is killed and loses everything it holds`,
          remedy:
            "start the pipeline with memory_limiter: { check_interval: 1s, limit_percentage: 80, spike_limit_percentage: 20 }",
        },
      ];
    }),
};
