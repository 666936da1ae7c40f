import { of, still, type Scenario, type Series } from "./series";

const collector = `job="collector",instance="collector:8888"`;

/** Quiet: what is not sent is in the queue, and after a restart more is sent than was accepted. */
const ledger = (accepted: string, sent: string) => {
  const series = (sent: string, waiting: string): Series => ({
    [`otelcol_receiver_accepted_spans_total{${collector},receiver="otlp",transport="grpc"}`]: accepted,
    [`otelcol_exporter_sent_spans_total{${collector},exporter="otlp_grpc/jaeger"}`]: sent,
    [`otelcol_exporter_queue_size{${collector},exporter="otlp_grpc/jaeger",data_type="traces"}`]: waiting,
    [`otelcol_exporter_in_flight_requests{${collector},exporter="otlp_grpc/jaeger",data_type="traces"}`]: still(0),
  });
  return { fires: series(sent, still(0)), quiet: series(sent, still(26_000)) };
};
/** A Collector that makes as many points as it takes, and sends some of all. */
const ledgerOfPoints = (sent: string): Series => ({
  [`otelcol_receiver_accepted_metric_points_total{${collector},receiver="otlp",transport="grpc"}`]: "0+400x40 16000x80",
  [`otelcol_processor_outgoing_items_total{${collector},processor="memory_limiter",otel_signal="metrics"}`]:
    "0+800x40 32000x80",
  [`otelcol_exporter_sent_metric_points_total{${collector},exporter="otlp_http/prometheus"}`]: sent,
  [`otelcol_exporter_queue_size{${collector},exporter="otlp_http/prometheus",data_type="metrics"}`]: still(0),
  [`otelcol_exporter_in_flight_requests{${collector},exporter="otlp_http/prometheus",data_type="metrics"}`]: still(0),
});

/** For what a Collector accepts or makes, and what becomes of it. */
export const ledgerScenarios: Readonly<Record<string, readonly Scenario[]>> = {
  LedgerOpen: [
    // Accepted for ten minutes, and sent but for 40; then all is quiet.
    { ...ledger("0+400x40 16000x80", "0+399x40 15960x80"), labels: { ...of(collector), signal: "spans" }, value: "40" },
    // What it makes hides nothing, and is not missed.
    {
      fires: ledgerOfPoints("0+799x40 31960x80"),
      quiet: ledgerOfPoints("0+800x40 32000x80"),
      labels: { ...of(collector), signal: "points" },
      value: "40",
    },
  ],
};
