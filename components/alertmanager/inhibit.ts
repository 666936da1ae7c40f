import type { Config } from "../core/config";

/** What says more than what follows from it. */
interface Inhibition {
  readonly source: readonly string[];
  readonly target: readonly string[];
  /** Labels that both have to share. */
  readonly equal?: readonly string[];
}

const down = 'alertname=~"TargetDown|ProcessesMissing"';

/** While the first fires, nobody is told of the second. What says that data is lost is never among those. */
const inhibitions: readonly Inhibition[] = [
  { source: ['alertname="ObjectiveBurnsFast"'], target: ['alertname="ObjectiveBurnsSlowly"'], equal: ["sloth_id"] },
  { source: ['alertname="TargetDown"'], target: ['alertname=~"ProcessesMissing|TargetRestarts"'], equal: ["job"] },
  // The store of traces: senders are refused, queues fill, reads fail.
  {
    source: [down, 'job="jaeger"'],
    target: ['alertname=~"SpansRefused|TraceStorageErrors|TraceStorageSlow|BufferBehind|BufferNotRead|SamplerRefuses"'],
  },
  { source: [down, 'job="jaeger"'], target: ['alertname="QueueFilling"', 'data_type="traces"'] },
  // The store of log lines.
  { source: [down, 'job=~"victorialogs|loki"'], target: ['alertname="LogsRefused"'] },
  { source: [down, 'job=~"victorialogs|loki"'], target: ['alertname="QueueFilling"', 'data_type="logs"'] },
  // Where no spans arrive, no service has any.
  { source: ['alertname="SpanMetricsMissing"'], target: ['alertname=~"ObjectiveSilent|ObjectiveUnmeasured"'] },
];

export const inhibitRules = (): Config[] =>
  inhibitions.map(({ source, target, equal }) => ({
    source_matchers: [...source],
    target_matchers: [...target],
    ...(equal && { equal: [...equal] }),
  }));
