import { meant, type Collector, type Component } from "../../path/read/collector";
import { child, flag, isKnown, milliseconds, text } from "../../path/read/node";
import { pipelines, processorsOf, queueOf } from "../../path/read/written";
import { storagesWritten } from "./jaeger-storages";
import type { Found, Rule } from "./rule";

export const batchAnswersEarly: Rule = {
  code: "batch-answers-early",
  severity: "warning",
  finds:
    "a batch processor before a queue on disk, before an exporter without a queue, or behind Kafka that marks late",
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
        ? `answers "accepted" while it holds data in memory, so ${onDisk.id} has it on disk too late`
        : kafka
          ? `answers at once, so ${kafka.id} marks messages that nothing has stored`
          : direct
            ? `answers "accepted" before ${direct.id} has sent anything: what that cannot send is dropped, and no sender hears of it`
            : undefined;
      if (reason === undefined) return [];
      return [
        {
          at: batch.reference.at,
          path: `service.pipelines.${pipeline.id}.processors`,
          value: batch.id,
          reason,
          remedy: "take it away, and let the exporter make batches: sending_queue.batch, in Jaeger queue.batch",
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
