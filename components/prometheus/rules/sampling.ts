import * as metrics from "../metrics";
import type { RuleGroups } from "../rule";
import { grew } from "./counters";

const outcomes = (success: string) => `sum by (job, endpoint) (rate(${metrics.balancerOutcomes}${success}[5m]))`;

/** Whole traces reach one sampler, which decides once it has seen them. */
export const samplingRules = (room?: number): RuleGroups => [
  {
    name: "sampling",
    rules: [
      {
        alert: "SamplerRestarted",
        // In the same pod: one that is asked to leave decides first, and the next one has another address.
        expr: `max_over_time(${metrics.tailWaiting}[10m]) > 0 and on (job, instance) resets(${metrics.collectorUptime}[10m]) > 0`,
        severity: "critical",
        summary: "{{ $labels.job }} restarted with undecided traces",
        description:
          "Up to {{ $value | humanize }} traces were in the memory of {{ $labels.instance }} and may be lost, completely or in part. Exit code 137 means that it exceeded its memory limit: raise the limit, or shorten decisionWait.",
      },
      {
        alert: "TracesEvicted",
        expr: grew(metrics.tailEvicted, "job, instance"),
        severity: "critical",
        summary: "{{ $labels.job }} drops traces before a sampling decision",
        description:
          "{{ $value | humanize }} traces within 10 minutes were evicted by newer ones. Raise numTraces of tail_sampling (tracesPerSecond in the settings), or add samplers.",
      },
      ...(room === undefined
        ? []
        : [
            {
              alert: "SamplerFull",
              expr: `max_over_time(${metrics.tailWaiting}[5m]) >= ${room}`,
              severity: "warning",
              summary: "{{ $labels.job }} has as many traces as there is room for, and its senders wait",
              description:
                "{{ $value | humanize }} traces waited in {{ $labels.instance }}: what comes next waits on the disks of agents until some are decided, and traces are found later. Nothing is lost while there is room on those. Raise tracesPerSecond of the sampler in the settings, shorten decisionWait, or add samplers.",
            } as const,
          ]),
      {
        alert: "TracesTooLarge",
        expr: grew(metrics.tailTooLarge, "job, instance"),
        severity: "critical",
        summary: "{{ $labels.job }} drops traces that are too large",
        description:
          "{{ $value | humanize }} traces within 10 minutes exceeded 1/32 of its memory and were dropped with all their spans, because one such trace can crash the process and lose all others. A common cause is a job that runs for hours under one trace id. Start a new trace for each unit of work, or raise the memory of {{ $labels.job }}.",
      },
      {
        alert: "SpansLate",
        expr: `sum by (job) (rate(${metrics.tailFollowed}{sampled="false"}[10m])) / sum by (job) (rate(${metrics.collectorAccepted.spans}[10m])) > 0.01`,
        for: "10m",
        severity: "warning",
        summary:
          "{{ $value | humanizePercentage }} of the spans in {{ $labels.job }} arrive after their trace was dropped",
        description:
          "If one of them is an error, its trace is not kept. Raise decisionWait above the usual duration of traces plus the delay of their senders. Senders that were disconnected cause this for a while.",
      },
      {
        alert: "DecisionsSlow",
        expr: `sum by (job, instance) (rate(${metrics.tailTimerSum}[5m])) / sum by (job, instance) (rate(${metrics.tailTimerCount}[5m])) > 1000`,
        for: "5m",
        severity: "warning",
        summary: "{{ $labels.job }} needs more than a second for the decisions of one second",
        description:
          "{{ $labels.instance }} falls behind: traces stay in memory too long. Give it more CPU, or fewer and simpler policies.",
      },
      {
        alert: "GatewaysDisagree",
        expr: `max by (job) (${metrics.balancerBackends}) - min by (job) (${metrics.balancerBackends}) > 0`,
        for: "2m",
        severity: "critical",
        summary: "Gateways see different sets of samplers",
        description:
          "They differ by {{ $value }}. Spans of one trace go to different samplers, and each decides on a part. Check that every process of {{ $labels.job }} can resolve the DNS name of the samplers.",
      },
      {
        alert: "SamplerRefuses",
        expr: `${outcomes('{success="false"}')} / ${outcomes("")} > 0.05`,
        for: "5m",
        severity: "warning",
        summary: "{{ $labels.job }} fails to send {{ $value | humanizePercentage }} to {{ $labels.endpoint }}",
        description:
          "Whole requests are resent, so samplers see spans twice; agents keep unsent data on disk. Check that this sampler runs, has free memory, and reaches Jaeger.",
      },
    ],
  },
];
