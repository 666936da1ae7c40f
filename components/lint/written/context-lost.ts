import { child, items, text } from "../../path/read/node";
import { pipelines, processorsOf } from "../../path/read/written";
import type { Found, Rule } from "./rule";

/** Processors that make messages anew, without the connection that they came on. */
const forgetful = ["batch", "tail_sampling", "groupbytrace"];

export const contextLost: Rule = {
  code: "context-lost",
  severity: "warning",
  finds: "k8s_attributes that identifies pods by their connection, after batch or tail_sampling",
  find: (written) =>
    pipelines(written).flatMap((place): Found[] => {
      const processors = processorsOf(place);
      return processors.flatMap((processor, position) => {
        const before = processors.slice(0, position).find(({ type }) => forgetful.includes(type));
        if (processor.type !== "k8s_attributes" || before === undefined) return [];
        const isPassive = text(child(processor.config, "passthrough")) === "true";
        const associations = items(child(processor.config, "pod_association"));
        // Before 0.57 an association was its one source.
        const byAttribute = associations.some((one) =>
          [one, ...items(child(one, "sources"))].some((source) => text(child(source, "from")) === "resource_attribute"),
        );
        if (!isPassive && byAttribute) return [];
        return [
          {
            at: processor.reference.at,
            path: `service.pipelines.${place.pipeline.id}.processors`,
            value: processor.id,
            reason: `identifies a pod by the address of its connection, which is lost after ${before.id}: no attributes are added`,
            remedy: `put it before ${before.id}, or associate by resource_attribute k8s.pod.uid or k8s.pod.ip`,
          },
        ];
      });
    }),
};
