import { inBytes, type Size } from "../../core/units";
import {
  badgerDiskAvailable,
  badgerKeyBytes,
  badgerValueBytes,
  jaegerBulkFailed,
  jaegerDocumentsRefused,
  jaegerStorageLatencyCount,
  jaegerStorageLatencySum,
  jaegerStorageRequests,
} from "../metrics";
import type { StorageSpec } from "../../storage";
import type { AlertingRule, RuleGroups } from "../rule";
import { grew } from "./counters";

const labels = "job, name, operation";
// A trace that does not exist counts as an error of get_trace, and people do mistype ids.
const asked = (result: string) =>
  `sum by (${labels}) (rate(${jaegerStorageRequests}{operation!="get_trace"${result}}[5m]))`;
const mean = [jaegerStorageLatencySum, jaegerStorageLatencyCount]
  .map((part) => `sum by (${labels}) (rate(${part}[5m]))`)
  .join(" / ");

/**
 * Jaeger reads and keeps traces. Spans it cannot write are seen by the rules of the Collector, unless it has acknowledged
 * them before it asks the storage.
 */
export const jaegerRules = (storage?: StorageSpec): RuleGroups => [
  {
    name: "jaeger",
    rules: [
      {
        alert: "TraceStorageErrors",
        expr: `${asked(', result="err"')} / ${asked("")} > 0.05`,
        for: "5m",
        severity: "critical",
        summary:
          "{{ $value | humanizePercentage }} of {{ $labels.operation }} fail in trace storage {{ $labels.name }}",
        description:
          "People do not find traces that may well be stored. The log of {{ $labels.job }} has the storage's answer.",
      },
      {
        alert: "TraceStorageSlow",
        expr: `${mean} > 2`,
        for: "10m",
        severity: "warning",
        summary: "{{ $labels.operation }} takes {{ $value | humanizeDuration }} in trace storage {{ $labels.name }}",
        description:
          "That is the mean of five minutes. Searches over long times or without a service cost most; else the storage needs CPU, memory or a faster disk.",
      },
      {
        alert: "SpansNotStored",
        expr: `${grew(jaegerDocumentsRefused, "job, name")} or ${grew(jaegerBulkFailed, "job, name")}`,
        severity: "critical",
        summary: "Trace storage {{ $labels.name }} refuses spans that {{ $labels.job }} has acknowledged",
        description:
          "{{ $value | humanize }} documents, or requests of many, were refused within ten minutes. Jaeger 2.20 has lost them. Older ones hold whole requests in memory until they are taken: do not restart them before. The log of {{ $labels.job }} has the storage's answer: 401 is a wrong password, 429 more than it can take, 403 mostly a disk that is nearly full.",
      },
      ...(storage?.kind === "badger" ? badgerRules(storage.size) : []),
    ],
  },
];

const badgerRules = (size: Size): AlertingRule[] => [
  {
    alert: "TraceDiskLow",
    expr: `${badgerDiskAvailable} < ${inBytes("2 GiB")}`,
    for: "5m",
    severity: "critical",
    summary: "{{ $value | humanize1024 }}B are left on the disk of {{ $labels.job }}",
    description:
      "A volume on a Docker host shares its disk with everything else there. Badger stops writing when it is full, and spans are refused: free space, or shorten the retention.",
  },
  {
    alert: "TraceVolumeFull",
    // 2 GiB of values are a hole in the file being written.
    expr: `${badgerKeyBytes} + ${badgerValueBytes} - ${inBytes("2 GiB")} > ${Math.round(inBytes(size) * 0.9)}`,
    for: "15m",
    severity: "warning",
    summary: `Traces in {{ $labels.job }} take {{ $value | humanize1024 }}B of ${size}`,
    description:
      "Nothing stops Badger at the size that was planned. Shorten the retention of the storage, or plan for more and see that the disk has it.",
  },
];
