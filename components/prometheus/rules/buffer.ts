import * as metrics from "../metrics";
import type { RuleGroups } from "../rule";

const byPartition = (counter: string) => `sum by (partition) (rate(${counter}[10m]))`;
const rate = (counter: string, where = "") => `sum(rate(${counter}${where}[10m]))`;
const written = rate(metrics.collectorSentSpans, '{exporter=~"kafka/.*"}');
const read = rate(metrics.collectorAccepted.spans, '{transport="kafka"}');

/** What waits in Kafka is read before Kafka deletes it. */
export const bufferRules: RuleGroups = [
  {
    name: "buffer",
    rules: [
      {
        alert: "BufferNotRead",
        expr: `${written} > 0 unless on () ${read} > 0`,
        for: "5m",
        severity: "critical",
        summary: "Spans wait in Kafka, and Jaeger reads none",
        description:
          "{{ $value | humanize }} spans/s are written. Kafka deletes them after its retention, or when they use 70 % of its volumes. The log of Jaeger has the error of its storage.",
      },
      {
        alert: "BufferUnreadable",
        // Its partition stands for as long as the process runs, and so long the counter keeps what it has.
        expr: `sum by (job) (${metrics.bufferUnreadable}) > 0`,
        severity: "critical",
        summary: "{{ $labels.job }} cannot read a message in Kafka",
        description:
          "It is stuck in that partition, and messages there are deleted after the retention. The log of {{ $labels.job }} has the offset. Move the consumer group past that message (`kafka-consumer-groups.sh --reset-offsets`) and restart {{ $labels.job }}.",
      },
      {
        alert: "BufferBehind",
        expr: `max(${byPartition(metrics.bufferDelaySum)} / ${byPartition(metrics.bufferDelayCount)}) > 600`,
        for: "10m",
        severity: "warning",
        summary: "Spans wait {{ $value | humanizeDuration }} in Kafka",
        description:
          "Jaeger writes to its storage more slowly than spans arrive. Spans are lost when they wait longer than the retention of Kafka, or use 70 % of its volumes. Give the storage more CPU, memory or disk, or keep fewer traces.",
      },
    ],
  },
];
