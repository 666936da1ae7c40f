import { meant } from "../../path/read/collector";
import { child, text } from "../../path/read/node";
import { behind, pipelines, processorsOf, type Located } from "../../path/read/written";
import type { Found, Rule } from "./rule";

/** A processor of a pipeline that keeps a part of the traces, and says no other hop how many each stands for. */
function sampler(place: Located) {
  return processorsOf(place).find(
    ({ type, config }) =>
      type === "tail_sampling" ||
      // With these modes a span carries what it stands for, and span_metrics counts it.
      (type === "probabilistic_sampler" && !["proportional", "equalizing"].includes(text(child(config, "mode")) ?? "")),
  );
}

const counters = ["span_metrics", "service_graph"];

export const metricsAfterSampling: Rule = {
  code: "metrics-after-sampling",
  severity: "warning",
  finds: "span_metrics or service_graph after a sampler, in the same file or a later one: they count only kept traces",
  find: (written) => {
    const found = new Map<object, Found>();
    for (const place of pipelines(written)) {
      const keeping = sampler(place);
      if (keeping === undefined) continue;
      for (const { collector, pipeline } of [place, ...behind(written, place)]) {
        for (const { id, at } of pipeline.exporters) {
          const counter = meant(collector, "exporters", id);
          if (counter === undefined || !counters.includes(counter.type) || found.has(counter)) continue;
          const where = place.collector === collector ? "" : ` of ${place.collector.name}`;
          found.set(counter, {
            at,
            path: `service.pipelines.${pipeline.id}.exporters`,
            value: id,
            reason: `counts what processors.${keeping.id}${where} has kept, not all traffic`,
            remedy: "feed it from a pipeline before the sampler, and send on from there with a forward connector",
          });
        }
      }
    }
    return [...found.values()];
  },
};
