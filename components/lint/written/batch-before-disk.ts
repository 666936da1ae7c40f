import { meant } from "../../path/read/collector";
import { child, text } from "../../path/read/node";
import { pipelines, processorsOf, queueOf } from "../../path/read/written";
import type { Found, Rule } from "./rule";

export const batchBeforeDisk: Rule = {
  code: "batch-before-disk",
  severity: "warning",
  finds: "a batch processor before a queue on disk, or behind Kafka that marks messages when they are stored",
  find: (written) =>
    pipelines(written).flatMap((place): Found[] => {
      const { collector, pipeline } = place;
      const batch = processorsOf(place).find(({ type }) => type === "batch");
      if (batch === undefined) return [];
      const onDisk = pipeline.exporters.find(({ id }) => {
        const exporter = meant(collector, "exporters", id);
        return exporter !== undefined && queueOf(exporter)?.storage !== undefined;
      });
      const kafka = pipeline.receivers.find(({ id }) => {
        const receiver = meant(collector, "receivers", id);
        return receiver?.type === "kafka" && text(child(receiver.config, "message_marking", "after")) === "true";
      });
      if (onDisk === undefined && kafka === undefined) return [];
      const reason = onDisk
        ? `${batch.id} answers "accepted" while it holds data in memory, so ${onDisk.id} has it on disk too late`
        : `${batch.id} answers at once, so ${kafka!.id} marks messages that nothing has stored`;
      return [
        {
          at: batch.reference.at,
          path: `service.pipelines.${pipeline.id}.processors`,
          value: batch.id,
          reason,
          remedy: "take it away, and write sending_queue.batch in the exporter",
        },
      ];
    }),
};
