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
        summary: "Spans wait in Kafka, and Jaeger takes none",
        description:
          "{{ $value | humanize }} spans a second are written. Kafka deletes them when their time there is over, or when they take 70 % of its volumes. The log of Jaeger says what its storage answers.",
      },
      {
        alert: "BufferUnreadable",
        // Its partition stands for as long as the process runs, and so long the counter keeps what it has.
        expr: `sum by (job) (${metrics.bufferUnreadable}) > 0`,
        severity: "critical",
        summary: "{{ $labels.job }} has met a message in Kafka that it cannot read",
        description:
          "It reads no further in that partition, and what waits there is deleted when its time is over. The log of {{ $labels.job }} names it. Let the group go on behind that message (`kafka-consumer-groups.sh --reset-offsets`) and start {{ $labels.job }} again.",
      },
      {
        alert: "BufferBehind",
        expr: `max(${byPartition(metrics.bufferDelaySum)} / ${byPartition(metrics.bufferDelayCount)}) > 600`,
        for: "10m",
        severity: "warning",
        summary: "Spans wait {{ $value | humanizeDuration }} in Kafka",
        description:
          "The storage takes less than comes. When they wait as long as Kafka keeps them, or take 70 % of its volumes, they are lost: give the storage more, or keep fewer traces.",
      },
    ],
  },
];
