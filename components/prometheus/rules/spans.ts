import {
  collectorAccepted,
  serviceGraphDroppedSpans,
  serviceGraphEdges,
  serviceGraphExpiredEdges,
  spanCalls,
  spansTruncated,
} from "../metrics";
import type { RuleGroups } from "../rule";
import { grew } from "./counters";

/** What is derived from spans is there and whole. */
export const spanRules: RuleGroups = [
  {
    name: "spans",
    rules: [
      {
        alert: "SpanMetricsMissing",
        expr: `sum(rate(${collectorAccepted.spans}[10m])) > 0 unless on () sum(rate(${spanCalls}[10m])) > 0`,
        for: "10m",
        severity: "critical",
        summary: "Spans arrive, and no metrics come of them",
        description:
          "Every chart of services is empty or stale. See whether the Collector's span_metrics connector is in a traces and in a metrics pipeline, and whether the metrics exporter reaches Prometheus.",
      },
      {
        alert: "SpansTruncated",
        expr: grew(spansTruncated, "service_name"),
        severity: "warning",
        summary: "Spans of {{ $labels.service_name }} are cut down to be stored",
        description:
          "{{ $value | humanize }} spans within ten minutes had texts that are too long for the trace storage, or out of all proportion. Search for sightline.truncated=true, and have the service send less.",
      },
      {
        alert: "ServiceGraphOverflows",
        expr: grew(serviceGraphDroppedSpans, "job, instance"),
        severity: "warning",
        summary: "The service graph of {{ $labels.job }} misses edges",
        description:
          "{{ $value | humanize }} spans found its store full within ten minutes. Raise maxItems of the service_graph connector (tracesPerSecond in the settings); it takes about 1 KiB an edge.",
      },
      {
        alert: "ServiceGraphUnpaired",
        expr: `sum by (job, instance) (rate(${serviceGraphExpiredEdges}[30m])) / sum by (job, instance) (rate(${serviceGraphEdges}[30m])) > 0.5`,
        for: "30m",
        severity: "info",
        summary: "{{ $value | humanizePercentage }} of the calls in {{ $labels.job }} have one end only",
        description:
          "The other span never came, or too late. Services that send no traces look like this; so do several Collectors that share one trace. Where all services are instrumented, raise ttl of the service_graph connector.",
      },
    ],
  },
];
