import {
  basicAuth,
  debug,
  fileLog,
  filter,
  forward,
  hostMetrics,
  kafka,
  loadBalancing,
  nop,
  otlp,
  prometheusExporter,
  spanMetrics,
  tailSampling,
  transform,
  type TailPolicy,
} from "../../components/collector/parts";
import type { Pipelines } from "../../components/collector/pipeline";
import { otelCollector } from "../../components/collector/workload";

// What must not compile. tsc reports an expectation that is not met, so each line holds.

const measured = spanMetrics();
const keepAll = tailSampling({ policies: [{ name: "all", type: "always_sample" }] });

const balanced = loadBalancing({ name: "a", resolver: { kind: "k8s", service: "a.b" } });
const nested = { name: "d", type: "composite" } as const;
const inComposite = { max_total_spans_per_second: 1, policy_order: ["d"] } as const;

/** What must compile, so that the rest fails for its own reason. */
export const good: Pipelines = {
  traces: { receivers: [otlp()], processors: [keepAll], exporters: [measured, debug()] },
  "traces/more": { receivers: [otlp()], exporters: [forward({ signal: "traces" })] },
  metrics: { receivers: [measured, hostMetrics()], exporters: [prometheusExporter()] },
  logs: { receivers: [otlp()], processors: { inOrder: [] }, exporters: [nop()] },
};

export const bad: readonly Pipelines[] = [
  // @ts-expect-error: a file log receiver gives no traces.
  { traces: { receivers: [fileLog({ folder: "/l", include: ["/l/a"] })], exporters: [nop()] } },
  // @ts-expect-error: a Prometheus exporter takes metrics alone.
  { traces: { receivers: [otlp()], exporters: [prometheusExporter()] } },
  // @ts-expect-error: points have no trace id to balance by.
  { metrics: { receivers: [otlp()], exporters: [balanced] } },
  // @ts-expect-error: tail sampling decides about traces, and logs are none.
  { logs: { receivers: [otlp()], processors: [keepAll], exporters: [nop()] } },
  // @ts-expect-error: nor are they when ordered by hand.
  { logs: { receivers: [otlp()], processors: { inOrder: [keepAll] }, exporters: [nop()] } },
  // @ts-expect-error: a pipeline without exporter sends nowhere.
  { traces: { receivers: [otlp()], exporters: [] } },
  // @ts-expect-error: a pipeline without receiver gets nothing.
  { traces: { receivers: [], exporters: [nop()] } },
  // @ts-expect-error: span metrics take spans and give metrics, not the other way round.
  { traces: { receivers: [measured], exporters: [nop()] } },
  // @ts-expect-error: and metrics cannot be exported to them.
  { metrics: { receivers: [otlp()], exporters: [measured] } },
  // @ts-expect-error: forward does not change the signal.
  { metrics: { receivers: [forward({ signal: "traces" })], exporters: [nop()] } },
  // @ts-expect-error: there is no signal of this name.
  { spans: { receivers: [otlp()], exporters: [nop()] } },
  // @ts-expect-error: an exporter is no receiver.
  { traces: { receivers: [debug()], exporters: [nop()] } },
  // @ts-expect-error: conditions about spans have no place in a pipeline of logs.
  { logs: { receivers: [otlp()], processors: [filter({ drop: { traces: { span: ["true"] } } })], exporters: [nop()] } },
  // @ts-expect-error: nor have statements about them.
  { logs: { receivers: [otlp()], processors: [transform({ statements: { traces: ["x"] } })], exporters: [nop()] } },
];

export const policies: readonly TailPolicy[] = [
  // @ts-expect-error: a policy has the body of its own type.
  { name: "slow", type: "latency", status_code: { status_codes: ["ERROR"] } },
  // @ts-expect-error: there is no status code of this name.
  { name: "errors", type: "status_code", status_code: { status_codes: ["FAILED"] } },
  // @ts-expect-error: a policy has a name.
  { type: "always_sample" },
  // @ts-expect-error: a composite holds no composite.
  { name: "c", type: "composite", composite: { ...inComposite, composite_sub_policy: [nested] } },
];

// @ts-expect-error: sampling needs a policy, or it drops everything.
tailSampling({ policies: [] });
// @ts-expect-error: a resolver is of one kind.
loadBalancing({ name: "a", resolver: { kind: "dns", service: "a.b" } });
// @ts-expect-error: a password is a secret, not a text.
basicAuth({ kind: "client", username: "me", password: "plain" });
// @ts-expect-error: Kafka has at least one broker.
kafka({ name: "a", brokers: [] });
// @ts-expect-error: a duration has a unit.
spanMetrics({ flushInterval: "15" });
// @ts-expect-error: filters know spans and their events, not points, among traces.
filter({ drop: { traces: { dataPoint: ["true"] } } });
// @ts-expect-error: a size has a unit.
otelCollector("collector", { pipelines: good, memory: "512" });
