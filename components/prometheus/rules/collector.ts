import * as metrics from "../metrics";
import type { AlertingRule, RuleGroups } from "../rule";
import { grew } from "./counters";

const waiting = `${metrics.collectorQueueSize} / ${metrics.collectorQueueCapacity}`;

/** Alerts that every signal has: on what is dropped, does not fit, or is turned away. */
const losing = (signal: keyof typeof metrics.collectorSent, title: string, items: string): AlertingRule[] => [
  {
    alert: `${title}Dropped`,
    expr: grew(metrics.collectorSendFailed[signal], "job, exporter"),
    severity: "critical",
    summary: `{{ $labels.job }} drops ${items}`,
    description: `Exporter {{ $labels.exporter }} gave up on {{ $value | humanize }} ${items} within ten minutes: the next hop refused them for good. The log of {{ $labels.job }} has its answer.`,
  },
  {
    alert: `${title}QueueFull`,
    expr: grew(metrics.collectorEnqueueFailed[signal], "job, exporter"),
    severity: "critical",
    summary: `{{ $labels.job }} has no room for more ${items}`,
    description: `The queue of exporter {{ $labels.exporter }} refused {{ $value | humanize }} ${items} within ten minutes; senders that do not send again have lost them. See whether the next hop answers, then give the queue more capacity or the next hop more CPU.`,
  },
  {
    alert: `${title}Refused`,
    expr: `sum by (job, receiver) (rate(${metrics.collectorRefused[signal]}[5m]) + rate(${metrics.collectorFailed[signal]}[5m])) > 0`,
    for: "5m",
    severity: "warning",
    summary: `{{ $labels.job }} refuses ${items}`,
    description: `Receiver {{ $labels.receiver }} turns {{ $value | humanize }} ${items} a second away. Senders try again for a while, then drop. The queues and the memory of {{ $labels.job }} show why.`,
  },
];

/**
 * Nothing that reached a Collector, or Jaeger, which is built of the same parts, is refused or dropped unnoticed.
 *
 * Source: exporter/exporterhelper/documentation.md and receiver/receiverhelper/documentation.md of the Collector.
 */
export const collectorRules: RuleGroups = [
  {
    name: "collector",
    rules: [
      ...losing("spans", "Spans", "spans"),
      ...losing("points", "Points", "points"),
      ...losing("logs", "Logs", "log records"),
      {
        alert: "QueueFilling",
        expr: `${waiting} > 0.8`,
        for: "5m",
        severity: "warning",
        summary: "The queue of {{ $labels.exporter }} in {{ $labels.job }} is {{ $value | humanizePercentage }} full",
        description:
          "More arrives than the next hop takes. See whether it answers and how busy it is; when the queue is full, senders are refused.",
      },
      {
        alert: "QueueCannotBeWritten",
        // Not full by far, and still nothing fits: the fault is beneath it.
        expr: `sum by (job, instance, exporter) (rate(${metrics.collectorEnqueueFailed.spans}[5m])) > 0 unless on (job, instance, exporter) max_over_time((${waiting})[10m:]) > 0.9`,
        for: "5m",
        severity: "critical",
        summary: "The queue of {{ $labels.exporter }} in {{ $labels.job }} cannot be written",
        description:
          "Spans are refused while the queue has room: the disk under it is full or fails. Free space on the volume of {{ $labels.job }}.",
      },
      {
        alert: "MemoryLimiterRefuses",
        expr: `sum by (job, instance) (${Object.values(metrics.collectorLimiterRefused)
          .map((counter) => `rate(${counter}[5m]) > 0`)
          .join(" or ")})`,
        for: "2m",
        severity: "critical",
        summary: "{{ $labels.job }} is out of memory and refuses data",
        description:
          "Its memory limiter turns data away to keep the process alive. Raise the memory of {{ $labels.job }}, or send less.",
      },
    ],
  },
];
