import { loadBalancing } from "../../components/collector/parts";
import { countTruncatedLines, fitLines } from "../../components/logs/fit";
import type { Pipelines } from "../../components/collector/pipeline";
import { inMemory, measured, named, ofServices, received, toLogs, toPrometheus, type Surroundings } from "./parts";
import { resolver, whoCounts } from "./sampler";

/**
 * Measures every span, and sends all spans of a trace to one sampler. It keeps none: whoever sends is answered once a
 * sampler has them, so that nothing is lost with it.
 */
export function gateway(around: Surroundings): Pipelines {
  const receiver = received(around);
  const calls = measured(around, "gateway");
  const cut = countTruncatedLines();
  const points = toPrometheus(around, inMemory(around));
  const samplers = loadBalancing({
    name: "sampler",
    resolver: { kind: "dns", endpoint: around.next, ...resolver },
    queue: "none",
    largest: around.limits.sends,
  });
  return {
    traces: { receivers: [receiver], processors: named(around), exporters: [calls, samplers] },
    "metrics/spans": { receivers: [calls], processors: ofServices("gateway"), exporters: [points] },
    ...(around.first && {
      metrics: { receivers: [receiver], exporters: [points] },
      "metrics/cut": { receivers: [cut], processors: [whoCounts], exporters: [points] },
      logs: { receivers: [receiver], processors: [fitLines()], exporters: [cut, toLogs(around, "none")] },
    }),
  };
}
