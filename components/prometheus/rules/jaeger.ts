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
          "{{ $value | humanizePercentage }} of {{ $labels.operation }} requests to trace storage {{ $labels.name }} fail",
        description:
          "Users cannot find traces that may be stored. The log of {{ $labels.job }} has the error of the storage.",
      },
      {
        alert: "TraceStorageSlow",
        expr: `${mean} > 2`,
        for: "10m",
        severity: "warning",
        summary: "{{ $labels.operation }} takes {{ $value | humanizeDuration }} in trace storage {{ $labels.name }}",
        description:
          "Mean over 5 minutes. Searches over long time ranges or without a service cost most; otherwise the storage needs more CPU, memory or a faster disk.",
      },
      {
        alert: "SpansNotStored",
        expr: `${grew(jaegerDocumentsRefused, "job, name")} or ${grew(jaegerBulkFailed, "job, name")}`,
        severity: "critical",
        summary: "Trace storage {{ $labels.name }} refuses spans that {{ $labels.job }} has acknowledged",
        description:
          "{{ $value | humanize }} documents or bulk requests were refused within 10 minutes. Jaeger 2.20 has lost them. Older versions hold whole requests in memory until they are accepted: do not restart them before that. The log of {{ $labels.job }} has the status code: 401 is a wrong password, 429 is overload, 403 is usually a nearly full disk.",
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
    summary: "{{ $value | humanize1024 }}B free on the disk of {{ $labels.job }}",
    description:
      "A volume on a Docker host shares its disk with everything else on that host. When the disk is full, Badger stops writing and spans are refused. Free space, or shorten the retention.",
  },
  {
    alert: "TraceVolumeFull",
    // 2 GiB of values are a hole in the file being written.
    expr: `${badgerKeyBytes} + ${badgerValueBytes} - ${inBytes("2 GiB")} > ${Math.round(inBytes(size) * 0.9)}`,
    for: "15m",
    severity: "warning",
    summary: `Traces in {{ $labels.job }} use {{ $value | humanize1024 }}B of ${size}`,
    description:
      "Badger does not stop at the planned size. Shorten the retention of the storage, or raise its size and check that the disk has the space.",
  },
];
