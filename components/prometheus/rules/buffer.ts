import * as metrics from "../metrics";
import type { RuleGroups } from "../rule";

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
          "{{ $value | humanize }} spans a second are written. Kafka deletes them when their time there is over. The log of Jaeger says what its storage answers, or which message it cannot read and stopped at.",
      },
      {
        alert: "BufferBehind",
        expr: `${rate(metrics.bufferDelaySum)} / ${rate(metrics.bufferDelayCount)} > 600`,
        for: "10m",
        severity: "warning",
        summary: "Spans wait {{ $value | humanizeDuration }} in Kafka",
        description:
          "The storage takes less than comes. When they wait as long as Kafka keeps them, they are lost: give the storage more, or keep fewer traces.",
      },
    ],
  },
];
