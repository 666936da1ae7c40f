import { countTruncatedLines, fitLines } from "../../components/logs/fit";
import type { Pipelines } from "../../components/collector/pipeline";
import { samples } from "../../configs/roles";
import {
  fitted,
  graph,
  kept,
  measured,
  named,
  ofServices,
  onDisk,
  received,
  sampled,
  toStorage,
  toLogs,
  toPrometheus,
  truncated,
  type Surroundings,
} from "./parts";

/**
 * One Collector that is gateway and sampler at once, and agent where there is none: metrics are made from spans before
 * anything else could lose them, and each hop waits on disk for the next one.
 */
export function everything(around: Surroundings): Pipelines {
  const receiver = received(around);
  const queue = onDisk(around);
  const points = toPrometheus(around, queue);
  const [calls, edges, cut] = [measured(around, "collector"), graph(around), truncated()];
  const cutLines = countTruncatedLines();
  const traces: Pipelines = samples(around.settings)
    ? {
        traces: { receivers: [receiver], processors: named(around), exporters: [calls, edges, kept()] },
        "traces/kept": {
          receivers: [kept()],
          processors: sampled(around, "collector"),
          exporters: [cut, toStorage(around, { ...queue, whenFull: "wait" })],
        },
      }
    : {
        traces: {
          receivers: [receiver],
          processors: [...named(around), ...fitted(around)],
          exporters: [calls, edges, cut, toStorage(around, queue)],
        },
      };
  return {
    ...traces,
    metrics: { receivers: [receiver, edges, cut, cutLines], exporters: [points] },
    "metrics/spans": { receivers: [calls], processors: ofServices("collector"), exporters: [points] },
    logs: { receivers: [receiver], processors: [fitLines()], exporters: [cutLines, toLogs(around, queue)] },
  };
}
