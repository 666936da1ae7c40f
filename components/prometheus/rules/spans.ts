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
        summary: "Spans arrive, but no span metrics",
        description:
          "All charts of services are empty or stale. Check that the Collector's span_metrics connector is in a traces and in a metrics pipeline, and that the metrics exporter reaches Prometheus.",
      },
      {
        alert: "SpansTruncated",
        expr: grew(spansTruncated, "service_name"),
        severity: "warning",
        summary: "Spans of {{ $labels.service_name }} are truncated",
        description:
          "{{ $value | humanize }} spans within 10 minutes had values that are too long for the trace storage, or extremely long. Search for sightline.truncated=true, and make the service send less.",
      },
      {
        alert: "ServiceGraphOverflows",
        expr: grew(serviceGraphDroppedSpans, "job, instance"),
        severity: "warning",
        summary: "The service graph of {{ $labels.job }} is missing edges",
        description:
          "{{ $value | humanize }} spans found its store full within 10 minutes. Raise maxItems of the service_graph connector (tracesPerSecond in the settings); it needs about 1 KiB per edge.",
      },
      {
        alert: "ServiceGraphUnpaired",
        expr: `sum by (job, instance) (rate(${serviceGraphExpiredEdges}[30m])) / sum by (job, instance) (rate(${serviceGraphEdges}[30m])) > 0.5`,
        for: "30m",
        severity: "info",
        summary: "{{ $value | humanizePercentage }} of the calls in {{ $labels.job }} have only one end",
        description:
          "The other span never arrived, or arrived too late. Services without tracing cause this; so do several Collectors that share one trace. If all services are instrumented, raise ttl of the service_graph connector.",
      },
    ],
  },
];
