import * as metrics from "../metrics";
import type { RuleGroups } from "../rule";
import { grew } from "./counters";

const outcomes = (success: string) => `sum by (job, endpoint) (rate(${metrics.balancerOutcomes}${success}[5m]))`;

/** Whole traces reach one sampler, which decides once it has seen them. */
export const samplingRules: RuleGroups = [
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
          "Up to {{ $value | humanize }} traces waited in the memory of {{ $labels.instance }} and may be lost, wholly or in part. An exit code of 137 means that it needed more memory than its limit: raise it, or shorten decisionWait.",
      },
      {
        alert: "TracesEvicted",
        expr: grew(metrics.tailEvicted, "job, instance"),
        severity: "critical",
        summary: "{{ $labels.job }} drops traces before they are decided",
        description:
          "{{ $value | humanize }} traces within ten minutes had to make room for newer ones. Raise numTraces of tail_sampling (tracesPerSecond in the settings), or add samplers.",
      },
      {
        alert: "TracesTooLarge",
        expr: grew(metrics.tailTooLarge, "job, instance"),
        severity: "critical",
        summary: "{{ $labels.job }} drops traces that are too large",
        description:
          "{{ $value | humanize }} traces within ten minutes took more than a 32nd of its memory, and were dropped with all their spans: one of them could end the process, and every trace with it. A job that runs for hours under one trace id looks like this. Start a trace for each piece of work, or raise the memory of {{ $labels.job }}.",
      },
      {
        alert: "SpansLate",
        expr: `sum by (job) (rate(${metrics.tailFollowed}{sampled="false"}[10m])) / sum by (job) (rate(${metrics.collectorAccepted.spans}[10m])) > 0.01`,
        for: "10m",
        severity: "warning",
        summary:
          "{{ $value | humanizePercentage }} of the spans in {{ $labels.job }} come after their trace was dropped",
        description:
          "Were one of them a failure, its trace would not be kept. Raise decisionWait above the time that usual traces and their senders take; senders that were cut off look like this for a while.",
      },
      {
        alert: "DecisionsSlow",
        expr: `sum by (job, instance) (rate(${metrics.tailTimerSum}[5m])) / sum by (job, instance) (rate(${metrics.tailTimerCount}[5m])) > 1000`,
        for: "5m",
        severity: "warning",
        summary: "{{ $labels.job }} takes more than a second for the decisions of one second",
        description:
          "{{ $labels.instance }} falls behind: traces wait longer than they should, in memory. Give it more CPU, or fewer and simpler policies.",
      },
      {
        alert: "GatewaysDisagree",
        expr: `max by (job) (${metrics.balancerBackends}) - min by (job) (${metrics.balancerBackends}) > 0`,
        for: "2m",
        severity: "critical",
        summary: "Gateways do not know the same samplers",
        description:
          "They differ by {{ $value }}. Spans of one trace go to different samplers, and each decides about a part. See whether every process of {{ $labels.job }} can look up the samplers' name.",
      },
      {
        alert: "SamplerRefuses",
        expr: `${outcomes('{success="false"}')} / ${outcomes("")} > 0.05`,
        for: "5m",
        severity: "warning",
        summary: "{{ $labels.job }} fails to send {{ $value | humanizePercentage }} to {{ $labels.endpoint }}",
        description:
          "Whole requests are sent again, so samplers see spans twice; agents keep on disk what is not taken. See whether that sampler runs, has memory left, and reaches Jaeger.",
      },
    ],
  },
];
