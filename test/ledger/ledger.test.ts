import assert from "node:assert/strict";
import { ledgerInWords, ledgerOf } from "../../cli/verify/ledger";
import { account, closes, samplesOf } from "../../components/ledger/ledger";

/** A sampler that has kept 400 of 475 spans: 300 are sent, 20 given up, the others wait on disk. */
const sampler = `# HELP otelcol_receiver_accepted_spans_total Number of spans
otelcol_receiver_accepted_spans_total{receiver="otlp",transport="grpc"} 475
otelcol_receiver_refused_spans_total{receiver="otlp",transport="grpc"} 9
otelcol_processor_outgoing_items_total{otel_signal="traces",processor="memory_limiter"} 950
otelcol_processor_outgoing_items_total{otel_signal="traces",processor="transform/fit"} 400
otelcol_exporter_sent_spans_total{exporter="otlp_grpc/jaeger",server_address="a"} 100
otelcol_exporter_sent_spans_total{exporter="otlp_grpc/jaeger",server_address="b"} 200
otelcol_exporter_send_failed_spans_total{exporter="otlp_grpc/jaeger"} 20
otelcol_exporter_queue_size{data_type="traces",exporter="otlp_grpc/jaeger"} 6.4e+04
otelcol_exporter_queue_size{data_type="metrics",exporter="otlp_http/prometheus"} 0
otelcol_exporter_queue_capacity{data_type="traces",exporter="otlp_grpc/jaeger"} 6.7108864e+07
otelcol_exporter_in_flight_requests{data_type="traces",exporter="otlp_grpc/jaeger"} 1`;

const changed = (...changes: readonly (readonly [string | RegExp, string])[]) =>
  samplesOf(changes.reduce((text, [from, to]) => text.replace(from, to), sampler));
const nothingHeld = changed(["6.4e+04", "0"], [/1$/, "0"]);

describe("account", () => {
  it("has an entry for every item that a process has accepted", () => {
    assert.deepEqual(account(samplesOf(sampler), "spans"), {
      accepted: 475,
      made: 0,
      earlier: 0,
      notKept: 75,
      sent: 300,
      dropped: 20,
      waiting: 80,
      holds: true,
    });
  });

  it("is of signals that a process takes, and of no others", () => {
    assert.equal(account(samplesOf(sampler), "logs"), undefined);
  });

  it("does not close where the rest is nowhere", () => {
    assert.equal(closes(account(samplesOf(sampler), "spans")!), true);
    const one = account(nothingHeld, "spans")!;
    assert.deepEqual([one.waiting, one.holds, closes(one)], [80, false, false]);
  });

  it("closes after a restart, when what an earlier process had accepted is sent", () => {
    const restarted = changed(['grpc"} 475', 'grpc"} 10'], ['transform/fit"} 400', 'transform/fit"} 10']);
    const one = account(restarted, "spans")!;
    assert.deepEqual([one.earlier, one.waiting, closes(one)], [310, 0, true]);
  });

  it("does not count as dropped what an exporter without a queue has handed back to the sender", () => {
    const gateway = samplesOf(`otelcol_receiver_accepted_spans_total{receiver="otlp"} 10
otelcol_exporter_sent_spans_total{exporter="load_balancing/sampler"} 10
otelcol_exporter_send_failed_spans_total{exporter="load_balancing/sampler"} 5`);
    assert.deepEqual(account(gateway, "spans"), {
      accepted: 10,
      made: 0,
      earlier: 0,
      notKept: 0,
      sent: 10,
      dropped: 0,
      waiting: 0,
      holds: false,
    });
  });
});

/** A Collector that took 100 points and 30 with an answer of "full", made 60 and 12 that found no room, and left 5 and 7 out. */
const maker = (sent: number) =>
  samplesOf(`otelcol_receiver_accepted_metric_points_total{receiver="otlp"} 100
otelcol_receiver_refused_metric_points_total{receiver="otlp"} 30
otelcol_processor_outgoing_items_total{otel_signal="metrics",processor="memory_limiter"} 202
otelcol_processor_outgoing_items_total{otel_signal="metrics",processor="transform/fit-points"} 118
otelcol_processor_outgoing_items_total{otel_signal="traces",processor="memory_limiter"} 900
otelcol_processor_filter_datapoints_filtered_total{filter="filter/fit-points"} 5
otelcol_processor_filter_datapoints_filtered_total{filter="filter/volumes"} 7
otelcol_exporter_enqueue_failed_metric_points_total{exporter="otlp_http/prometheus"} 42
otelcol_exporter_sent_metric_points_total{exporter="otlp_http/prometheus"} ${sent}
otelcol_exporter_queue_size{data_type="metrics",exporter="otlp_http/prometheus"} 0
otelcol_exporter_queue_capacity{data_type="metrics",exporter="otlp_http/prometheus"} 6.7108864e+07`);

describe("points that a process makes itself", () => {
  it("have an entry of their own, without what found its queue full; what filters leave out is not kept", () => {
    const one = account(maker(148), "points")!;
    assert.deepEqual(one, {
      accepted: 100,
      made: 60,
      earlier: 0,
      notKept: 7,
      sent: 148,
      dropped: 5,
      waiting: 0,
      holds: false,
    });
    assert.equal(closes(one), true);
  });

  it("hide no loss", () => {
    const one = account(maker(145), "points")!;
    assert.deepEqual([one.made, one.waiting, closes(one)], [60, 3, false]);
  });
});

describe("verify --ledger", () => {
  const at = (job: string, samples: typeof nothingHeld) =>
    samples.map((sample) => ({ ...sample, labels: { ...sample.labels, job, instance: `${job}:8888` } }));

  it("shows every hop, and which one is open by how many", () => {
    const read = ledgerOf([...at("sampler", nothingHeld), ...at("agent", samplesOf(sampler))]);
    assert.equal(read.ok, false);
    assert.deepEqual(ledgerInWords(read).split("\n"), [
      "since each process started:",
      "  hop      process       signal  accepted  made  earlier  sent  dropped  not kept  waiting",
      "  agent    agent:8888    spans   475       0     0        300   20       75        80",
      "  sampler  sampler:8888  spans   475       0     0        300   20       75        80       open",
      "the ledger is open: 80 spans in sampler:8888 are neither sent nor held",
    ]);
  });

  it("fails where Prometheus knows of none", () => {
    assert.deepEqual(ledgerOf([]), { ok: false, lines: [] });
    assert.equal(
      ledgerInWords({ ok: false, lines: [] }),
      "Prometheus knows of no Collector that has accepted anything yet",
    );
  });
});
