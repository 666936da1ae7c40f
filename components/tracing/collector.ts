import type { Pipelines } from "../collector/pipeline";
import { countTruncated } from "../jaeger/fit";
import { countTruncatedLines, fitLines } from "../logs/fit";
import { countedKept, marked } from "./afford";
import { fitPoints } from "../prometheus/fit";
import { onDisk, toLogs, toPrometheus, toStorage } from "./deliver";
import { fitted, kept, sampled, samples } from "./keep";
import { graph, measured, named, ofServices } from "./measure";
import type { Judging, Measuring, Receiving, Stores, TraceStore, Waiting } from "./options";
import { received, withIds } from "./receive";
import { redacted, redactions, type Redacting } from "./redact";

export interface CollectorOptions extends Receiving, Redacting, Waiting, Measuring, Judging, TraceStore, Stores {}

/**
 * One Collector that is gateway and sampler at once, and agent where there is none: metrics are made from spans before
 * anything else could lose them, and each hop waits on disk for the next one.
 */
export function collector(options: CollectorOptions): Pipelines {
  const receiver = received(options);
  const queue = onDisk(options);
  const points = toPrometheus(options, queue);
  const [calls, edges, cut] = [measured(options, "one"), graph(options), countTruncated()];
  const cutLines = countTruncatedLines();
  const failed = countedKept(options);
  const masked = redactions(options);
  const clean = redacted(options, "traces");
  const traces: Pipelines = samples(options)
    ? {
        traces: {
          receivers: [receiver],
          processors: [...withIds(options), ...named(options), ...clean, ...marked(options)],
          exporters: [calls, edges, ...masked, kept()],
        },
        "traces/kept": {
          receivers: [kept()],
          processors: sampled(options),
          exporters: [cut, ...failed, toStorage(options, { ...queue, whenFull: "wait" })],
        },
      }
    : {
        traces: {
          receivers: [receiver],
          processors: [...withIds(options), ...named(options), ...fitted(options), ...clean],
          exporters: [calls, edges, cut, ...masked, toStorage(options, queue)],
        },
      };
  return {
    ...traces,
    metrics: {
      receivers: [receiver],
      processors: [...fitPoints(), ...redacted(options, "metrics")],
      exporters: [points, ...masked],
    },
    "metrics/own": { receivers: [edges, cut, cutLines, ...failed, ...masked], exporters: [points] },
    "metrics/spans": { receivers: [calls], processors: ofServices("one"), exporters: [points] },
    logs: {
      receivers: [receiver],
      processors: [fitLines(), ...redacted(options, "logs")],
      exporters: [cutLines, ...masked, toLogs(options, queue)],
    },
  };
}
