import { faults, growing, of, still, type Scenario, type Series } from "./series";

const sampler = `job="sampler",instance="10.0.0.7:8888"`;
const gateway = (n: number) => `job="gateway",instance="10.0.0.${n}:8888"`;
const restarted = (waiting: string): Series => ({
  [`otelcol_processor_tail_sampling_sampling_traces_on_memory{${sampler}}`]: waiting,
  [`otelcol_process_uptime_seconds_total{${sampler}}`]: "0+15x60 0+15x60",
});
const late = (spans: number): Series => ({
  [`otelcol_processor_tail_sampling_early_releases_from_cache_decision_total{${sampler},sampled="false"}`]:
    growing(spans),
  [`otelcol_processor_tail_sampling_early_releases_from_cache_decision_total{${sampler},sampled="true"}`]: growing(900),
  [`otelcol_receiver_accepted_spans_total{${sampler},receiver="otlp",transport="grpc"}`]: growing(1000),
});
const decided = (milliseconds: number): Series => ({
  [`otelcol_processor_tail_sampling_sampling_decision_timer_latency_milliseconds_sum{${sampler}}`]:
    growing(milliseconds),
  [`otelcol_processor_tail_sampling_sampling_decision_timer_latency_milliseconds_count{${sampler}}`]: growing(15),
});
const known = (one: number, other: number): Series => ({
  [`otelcol_loadbalancer_num_backends{${gateway(1)},resolver="dns"}`]: still(one),
  [`otelcol_loadbalancer_num_backends{${gateway(2)},resolver="dns"}`]: still(other),
});
const answered = (well: number, badly: number): Series => ({
  [`otelcol_loadbalancer_backend_outcome_total{${gateway(1)},endpoint="10.0.0.7:4317",success="true"}`]: growing(well),
  [`otelcol_loadbalancer_backend_outcome_total{${gateway(1)},endpoint="10.0.0.7:4317",success="false"}`]:
    growing(badly),
});

/** Spans that a policy keeps in 15 s. */
const spent = (policy: string, spans: number, minutes: number): Series => ({
  [`otelcol_processor_tail_sampling_count_spans_sampled_total{${sampler},policy="${policy}",sampled="true",decision="sampled"}`]: `0+${spans}x${4 * minutes}`,
});
const failures = (all: number, kept: number): Series => ({
  [`traces_span_metrics_calls_total{service_name="shop",status_code="STATUS_CODE_ERROR"}`]: growing(all),
  [`traces_span_metrics_calls_total{service_name="shop",status_code="STATUS_CODE_UNSET"}`]: growing(1_000),
  ...(kept > 0 && { [`sightline_spans_failed_kept_total{${sampler}}`]: growing(kept) }),
});
const ofClass = (kept: string): Series => {
  const labels = `${sampler},policy="class-3"`;
  const counter = "otelcol_processor_tail_sampling_count_traces_sampled_total";
  return {
    [`${counter}{${labels},sampled="false",decision="not_sampled"}`]: "0+15x480",
    [`${counter}{${labels},sampled="true",decision="sampled"}`]: kept,
  };
};

const buffered = (read: string): Series => ({
  [`otelcol_exporter_sent_spans_total{${sampler},exporter="kafka/buffer"}`]: growing(150),
  [`otelcol_receiver_accepted_spans_total{job="jaeger",receiver="kafka",transport="kafka"}`]: read,
});
/** One message, long ago. */
const unreadable = (samples: string): Series => ({
  [`otelcol_kafka_receiver_unmarshal_failed_spans_total{job="jaeger",topic="otlp_spans",partition="0"}`]: samples,
});
/** One partition of two stands in the way of what it has. */
const waited = (seconds: number): Series => ({
  [`otelcol_kafka_receiver_records_delay_seconds_sum{job="jaeger",partition="1"}`]: growing(15),
  [`otelcol_kafka_receiver_records_delay_seconds_count{job="jaeger",partition="1"}`]: growing(15),
  [`otelcol_kafka_receiver_records_delay_seconds_sum{job="jaeger",partition="0"}`]: growing(15 * seconds),
  [`otelcol_kafka_receiver_records_delay_seconds_count{job="jaeger",partition="0"}`]: growing(15),
});

/** Scenarios of alerts on samplers and buffers, and on processes of which there are several. */
export const samplingScenarios: Readonly<Record<string, readonly Scenario[]>> = {
  ProcessesMissing: [
    {
      // The second sampler is no target any more.
      fires: { [`up{${sampler}}`]: "1x120", [`up{${gateway(1)}}`]: "1x120", [`up{${gateway(2)}}`]: "1x120" },
      quiet: {
        [`up{${sampler}}`]: "1x120",
        [`up{job="sampler",instance="10.0.0.8:8888"}`]: "1x70 0x2 1x60",
        [`up{${gateway(1)}}`]: "1x120",
        [`up{${gateway(2)}}`]: "1x120",
      },
      labels: { job: "sampler" },
      value: "1",
    },
    {
      fires: {
        [`up{${sampler}}`]: "1x120",
        [`up{job="sampler",instance="10.0.0.8:8888"}`]: "1x120",
        [`up{${gateway(1)}}`]: "0x120",
      },
      quiet: {
        [`up{${sampler}}`]: "1x120",
        [`up{job="sampler",instance="10.0.0.8:8888"}`]: "1x120",
        [`up{${gateway(1)}}`]: "1x120",
        [`up{${gateway(2)}}`]: "1x120",
      },
      labels: { job: "gateway" },
      value: "0",
    },
  ],
  SamplerRestarted: [
    { fires: restarted("300x60 0x60"), quiet: restarted("0x120"), labels: of(sampler), value: "300" },
    {
      fires: restarted("300x60 0x60"),
      quiet: {
        [`otelcol_processor_tail_sampling_sampling_traces_on_memory{${sampler}}`]: still(300),
        [`otelcol_process_uptime_seconds_total{${sampler}}`]: growing(15),
      },
      labels: of(sampler),
      value: "300",
    },
  ],
  TracesEvicted: faults(
    (at) =>
      `otelcol_processor_tail_sampling_sampling_trace_dropped_too_early_total{job="sampler",instance="10.0.0.7:8888",at="${at}"}`,
    of(sampler),
  ),
  SamplerFull: [
    {
      fires: {
        [`otelcol_processor_tail_sampling_sampling_traces_on_memory{${sampler}}`]: "40x70 100x2 60x60",
      },
      quiet: { [`otelcol_processor_tail_sampling_sampling_traces_on_memory{${sampler}}`]: still(99) },
      labels: { job: "sampler", instance: "10.0.0.7:8888" },
      value: "100",
    },
  ],
  TracesTooLarge: faults(
    (at) =>
      `otelcol_processor_tail_sampling_traces_dropped_too_large_total{job="sampler",instance="10.0.0.7:8888",at="${at}"}`,
    of(sampler),
  ),
  SpansLate: [{ fires: late(20), quiet: late(9), labels: { job: "sampler" }, value: "2%" }],
  DecisionsSlow: [{ fires: decided(15 * 1200), quiet: decided(15 * 900), labels: of(sampler), value: "" }],
  GatewaysDisagree: [{ fires: known(2, 3), quiet: known(3, 3), labels: { job: "gateway" }, value: "1" }],
  SamplerRefuses: [
    {
      fires: answered(90, 10),
      quiet: answered(96, 4),
      labels: { job: "gateway", endpoint: "10.0.0.7:4317" },
      value: "10%",
    },
  ],
  BudgetExceeded: [
    {
      fires: spent("errors", 15 * 240, 90),
      quiet: spent("errors", 15 * 220, 90),
      labels: {},
      value: "120%",
      at: "85m",
    },
  ],
  ErrorsCapped: [
    { fires: failures(100, 80), quiet: failures(100, 95), labels: {}, value: "20%", at: "25m" },
    { fires: failures(100, 0), quiet: failures(100, 100), labels: {}, value: "100%", at: "25m" },
  ],
  ProfileStale: [
    {
      fires: spent("unknown", 150, 240),
      quiet: { ...spent("unknown", 120, 240), ...spent("class-0", 3_000, 240) },
      labels: {},
      value: "100%",
      at: "180m",
    },
  ],
  ClassEmpty: [
    { fires: ofClass("7x480"), quiet: ofClass("0+1x480"), labels: { policy: "class-3" }, value: "", at: "110m" },
  ],
  BufferNotRead: [
    { fires: buffered(still(400)), quiet: buffered(growing(10)), labels: {}, value: "10", at: "25m" },
    { fires: buffered("_x120"), quiet: buffered("_x20 0+15x100"), labels: {}, value: "10", at: "25m" },
  ],
  BufferUnreadable: [
    { fires: unreadable("0x20 1x100"), quiet: unreadable("0x120"), labels: { job: "jaeger" }, value: "1", at: "25m" },
  ],
  BufferBehind: [{ fires: waited(660), quiet: waited(540), labels: {}, value: "11m 0s", at: "25m" }],
};
