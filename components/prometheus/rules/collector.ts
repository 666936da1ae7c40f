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
    description: `Exporter {{ $labels.exporter }} dropped {{ $value | humanize }} ${items} within 10 minutes: the next hop refused them permanently. The log of {{ $labels.job }} has the error.`,
  },
  {
    alert: `${title}QueueFull`,
    expr: grew(metrics.collectorEnqueueFailed[signal], "job, exporter"),
    severity: "critical",
    summary: `A queue of {{ $labels.job }} is full and refuses ${items}`,
    description: `The queue of exporter {{ $labels.exporter }} refused {{ $value | humanize }} ${items} within 10 minutes; senders that do not retry have lost them. Check that the next hop answers, then raise the capacity of the queue or the CPU of the next hop.`,
  },
  {
    alert: `${title}Refused`,
    expr: `sum by (job, receiver) (rate(${metrics.collectorRefused[signal]}[5m]) + rate(${metrics.collectorFailed[signal]}[5m])) > 0`,
    for: "5m",
    severity: "warning",
    summary: `{{ $labels.job }} refuses ${items}`,
    description: `Receiver {{ $labels.receiver }} refuses {{ $value | humanize }} ${items} per second. Senders retry for a while, then drop them. Check the queues and the memory of {{ $labels.job }}.`,
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
          "More data arrives than the next hop accepts. Check that it answers, and its load. When the queue is full, senders are refused.",
      },
      {
        alert: "QueueCannotBeWritten",
        // Not full by far, and still nothing fits: the fault is beneath it.
        expr: `(${Object.values(metrics.collectorEnqueueFailed)
          .map((counter) => `sum by (job, instance, exporter) (rate(${counter}[5m])) > 0`)
          .join(" or ")}) unless on (job, instance, exporter) max_over_time((${waiting})[10m:]) > 0.9`,
        for: "5m",
        severity: "critical",
        summary: "{{ $labels.job }} cannot write to the queue of {{ $labels.exporter }}",
        description:
          "Data is refused although the queue has room: its disk is full or failing, and data about to be sent from it may be lost. Free space on the volume of {{ $labels.job }}.",
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
          "Its memory limiter refuses data to keep the process alive. Raise the memory of {{ $labels.job }}, or send less.",
      },
      {
        alert: "NodeUnmeasured",
        expr: `sum by (job, instance, receiver) (rate(${metrics.collectorMeasured}[10m])) == 0`,
        for: "15m",
        severity: "warning",
        summary: "{{ $labels.receiver }} of {{ $labels.instance }} measures nothing",
        description:
          "A node reader runs, and gets no figures of its node. Its log says why: kubelet_stats where the kubelet refuses it or shows a certificate that the cluster did not sign, host_metrics where files of the machine cannot be read.",
      },
    ],
  },
];
