import { loadBalancing } from "../../components/collector/parts";
import type { Pipelines } from "../../components/collector/pipeline";
import { measured, named, ofServices, received, toLoki, toPrometheus, type Surroundings } from "./parts";
import { resolver } from "./sampler";

/**
 * Measures every span, and sends all spans of a trace to one sampler. It keeps none: whoever sends is answered once a
 * sampler has them, so that nothing is lost with it.
 */
export function gateway(around: Surroundings): Pipelines {
  const receiver = received(around);
  const calls = measured(around, "gateway");
  const points = toPrometheus(around, {});
  const samplers = loadBalancing({
    name: "sampler",
    resolver: { kind: "dns", endpoint: around.next, ...resolver },
    queue: "none",
  });
  return {
    traces: { receivers: [receiver], processors: named(around), exporters: [calls, samplers] },
    "metrics/spans": { receivers: [calls], processors: ofServices("gateway"), exporters: [points] },
    ...(around.first && {
      metrics: { receivers: [receiver], exporters: [points] },
      logs: { receivers: [receiver], exporters: [toLoki(around, "none")] },
    }),
  };
}
