import { otlpGrpc } from "../collector/parts";
import type { Pipelines } from "../collector/pipeline";
import type { Endpoint } from "../core/platform";
import { countTruncatedLines, fitLines } from "../logs/fit";
import { fitPoints } from "../prometheus/fit";
import { onDisk, toLogs, toPrometheus, untilAnswered } from "./deliver";
import { nodeName } from "./node-reader";
import type { OwnNode, Receiving, Stores, Waiting } from "./options";
import { received, whoSends, withIds } from "./receive";
import { redacted, redactions, type Redacting } from "./redact";

export interface AgentOptions extends Receiving, Redacting, Waiting, Stores {
  /** The Collector that spans go to. */
  readonly next: Endpoint;
  readonly node: OwnNode;
}

/**
 * One Collector on every node: takes what services on it send, says which pod sent it, and keeps it on the node's disk
 * until the next hop has it. Of the node itself it sees nothing but that folder.
 */
export function agent(options: AgentOptions): Pipelines {
  const { next, node } = options;
  const receiver = received(options);
  const queue = onDisk(options);
  const spans = otlpGrpc({ name: "gateway", to: next, queue, timeout: untilAnswered });
  const [points, lines] = [toPrometheus(options, queue), toLogs(options, queue)];
  const cut = countTruncatedLines();
  const processors = node.cluster ? whoSends(options) : [];
  const masked = redactions(options);
  return {
    traces: {
      receivers: [receiver],
      processors: [...processors, ...withIds(options), ...redacted(options, "traces")],
      exporters: [spans, ...masked],
    },
    metrics: {
      receivers: [receiver],
      processors: [...processors, ...fitPoints(), ...redacted(options, "metrics")],
      exporters: [points, ...masked],
    },
    // Agents cut lines of the same services: without a name of its own each would overwrite what the others have counted.
    "metrics/cut": { receivers: [cut, ...masked], processors: nodeName(node), exporters: [points] },
    logs: {
      receivers: [receiver],
      processors: [...processors, fitLines(), ...redacted(options, "logs")],
      exporters: [cut, ...masked, lines],
    },
  };
}
