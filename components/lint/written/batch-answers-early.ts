import { meant, type Collector, type Component } from "../../path/read/collector";
import { child, flag, isKnown, milliseconds, text } from "../../path/read/node";
import { pipelines, processorsOf, queueOf } from "../../path/read/written";
import { storagesWritten } from "./jaeger-storages";
import type { Found, Rule } from "./rule";

export const batchAnswersEarly: Rule = {
  code: "batch-answers-early",
  severity: "warning",
  finds:
    "a batch processor before a queue on disk, before an exporter without a queue, or after a kafka receiver that commits late",
  find: (written) =>
    pipelines(written).flatMap((place): Found[] => {
      const { collector, pipeline } = place;
      const batch = processorsOf(place).find(({ type }) => type === "batch");
      if (batch === undefined) return [];
      const exporters = pipeline.exporters.flatMap(({ id }) => meant(collector, "exporters", id) ?? []);
      const receivers = pipeline.receivers.flatMap(({ id }) => meant(collector, "receivers", id) ?? []);
      const onDisk = exporters.find((exporter) => queueOf(exporter)?.storage !== undefined);
      const kafka = receivers.find(
        ({ type, config }) => type === "kafka" && flag(child(config, "message_marking", "after")) === true,
      );
      const direct = exporters.find((exporter) => dropsAtOnce(collector, exporter));
      const reason = onDisk
        ? `acknowledges data that is only in memory, so ${onDisk.id} writes it to disk too late`
        : kafka
          ? `acknowledges at once, so ${kafka.id} commits offsets of messages that are not stored yet`
          : direct
            ? `acknowledges data before ${direct.id} has sent it: if sending fails, the data is dropped and the sender is not told`
            : undefined;
      if (reason === undefined) return [];
      return [
        {
          at: batch.reference.at,
          path: `service.pipelines.${pipeline.id}.processors`,
          value: batch.id,
          reason,
          remedy: "remove it and batch in the exporter: sending_queue.batch, or queue.batch in Jaeger",
        },
      ];
    }),
};

/** Whether an exporter has no queue, and gives up. What fails there is the sender's again, if anybody tells it. */
function dropsAtOnce(collector: Collector, exporter: Component): boolean {
  const isStorage = exporter.type === "jaeger_storage_exporter";
  const queue = queueOf(exporter);
  if (isStorage ? queue !== undefined : (queue?.enabled ?? true)) return false;
  // A store in memory takes everything.
  if (isStorage && storagesWritten(collector).every(({ kind }) => kind === "memory")) return false;
  const retry = child(exporter.config, "retry_on_failure");
  const elapsed = child(retry, "max_elapsed_time");
  if (!isKnown(retry) || !isKnown(elapsed)) return false;
  const tries = flag(child(retry, "enabled")) ?? !isStorage;
  return !tries || text(elapsed) === undefined || milliseconds(elapsed) !== 0;
}
