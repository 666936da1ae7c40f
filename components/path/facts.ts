import {
  bytesPerSeries,
  bytesPerTrace,
  bytesPerWaitingCall,
  copiesOfOneTrace,
  servicesAtLimit,
  shareForEdges,
} from "../collector/budgets";
import type { Queue, State } from "./graph";
import { pathOf, used, type Collector, type Component } from "./read/collector";
import { child, flag, has, milliseconds, number, text, type Node } from "./read/node";
import { queueOf } from "./read/written";

/** What a load balancing exporter does for each of those that it sends to. */
const inner = ({ type, config }: Component): Node | undefined =>
  type === "load_balancing" ? child(config, "protocol", "otlp") : config;

/** The queue of an exporter; undefined where senders wait for the answer of the next hop. */
export function queueFacts(exporter: Component): Queue | undefined {
  const config = inner(exporter);
  // What is within a load balancing exporter is an exporter of OTLP.
  const type = exporter.type === "load_balancing" ? "otlp_grpc" : exporter.type;
  const queue = queueOf({ ...exporter, type, ...(config && { config }) });
  if (queue === undefined || !queue.enabled || flag(child(queue.settings, "wait_for_result"))) return undefined;
  const elapsed = child(config, "retry_on_failure", "max_elapsed_time");
  const triesFor = elapsed === undefined ? 300 : (milliseconds(elapsed) ?? 0) / 1_000;
  return {
    on: queue.storage === undefined ? "memory" : "disk",
    most: number(child(queue.settings, "queue_size")) ?? 1_000,
    of: (text(child(queue.settings, "sizer")) ?? "requests") as Queue["of"],
    whenFull: flag(child(queue.settings, "block_on_overflow")) ? "wait" : "refuse",
    ...(triesFor > 0 && { triesFor }),
  };
}

/** Largest request of an exporter; undefined where it passes on what comes, or counts items. */
export function largestSent(exporter: Component): number | undefined {
  const batch = child(inner(exporter), "sending_queue", "batch");
  const sizer = text(child(batch, "sizer")) ?? text(child(inner(exporter), "sending_queue", "sizer"));
  return has(batch, "max_size") && sizer === "bytes" ? number(child(batch, "max_size")) : undefined;
}

/** What a process keeps for names and traces that senders choose. */
export function stateOf(collector: Collector, memory?: number): State[] {
  const series = used(collector, "connectors", "span_metrics").map((one): State => {
    const each = number(child(one.config, "aggregation_cardinality_limit")) ?? 0;
    return {
      by: pathOf(one),
      of: "series",
      ...(each > 0 && { most: each * servicesAtLimit }),
      bytes: each * servicesAtLimit * bytesPerSeries,
    };
  });
  const graphs = used(collector, "connectors", "service_graph").flatMap((one): State[] => {
    const calls = number(child(one.config, "store", "max_items")) ?? 1_000;
    return [
      { by: pathOf(one), of: "calls", most: calls, bytes: calls * bytesPerWaitingCall },
      { by: pathOf(one), of: "edges", bytes: (memory ?? 0) * shareForEdges },
    ];
  });
  const samplers = used(collector, "processors", "tail_sampling").flatMap((one): State[] => {
    // Twice as many as come while one of them waits.
    const traces = (number(child(one.config, "num_traces")) ?? 50_000) / 2;
    const largest = number(child(one.config, "maximum_trace_size_bytes"));
    return [
      { by: pathOf(one), of: "traces", most: traces, bytes: traces * bytesPerTrace },
      ...(largest === undefined
        ? []
        : [{ by: pathOf(one), of: "one trace", most: 1, bytes: largest * copiesOfOneTrace } as const]),
    ];
  });
  return [...series, ...graphs, ...samplers];
}
