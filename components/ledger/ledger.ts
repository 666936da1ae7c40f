import * as metrics from "../prometheus/metrics";

/** One value of a metric, from a page of metrics or from Prometheus. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export const signals = ["spans", "points", "logs"] as const;
export type LedgerSignal = (typeof signals)[number];

/** As the Collector calls them in `data_type` and `otel_signal`. */
const dataType = { spans: "traces", points: "metrics", logs: "logs" } as const;

/**
 * What became of the items of one signal in one process since it started. What was refused is not part of it: whoever
 * sent it was told, and still has it.
 *
 * The size of a queue on disk is known in bytes alone, so what waits is the rest of the sum. That rest has to be nothing
 * once nothing is held any more: this is what makes a ledger close.
 */
export interface Account {
  /** Taken by receivers. */
  readonly accepted: number;
  /** Taken from senders, and not kept: sampled out, or not decided yet. Always zero where nothing samples. */
  readonly notKept: number;
  /** Taken by the next hop. */
  readonly sent: number;
  /** Given up by an exporter with a queue. Without one the sender is told, and nothing was accepted. */
  readonly dropped: number;
  /** The rest. Below zero after a restart: the process has sent what an earlier one had accepted. */
  readonly waiting: number;
  /** Whether a queue holds something, or a request waits for its answer. */
  readonly holds: boolean;
}

/** Whether everything has an entry: what is neither sent nor dropped is held, or is nothing. */
export const closes = ({ waiting, holds }: Account): boolean => waiting <= 0 || holds;

/** Every metric that an account is made of. */
export const ledgerMetrics: readonly string[] = [
  ...[metrics.collectorAccepted, metrics.collectorSent, metrics.collectorSendFailed].flatMap((all) =>
    Object.values(all),
  ),
  metrics.collectorQueueSize,
  metrics.collectorQueueCapacity,
  metrics.collectorInFlight,
  metrics.collectorProcessed,
];

/** The processor behind tail sampling, which cuts spans down to what the storage takes: it counts what is kept. */
const behindSampling = "transform/fit";

/** What one process says of one signal; undefined where it takes none. */
export function account(samples: readonly Sample[], signal: LedgerSignal): Account | undefined {
  const of = (name: string, is: (labels: Sample["labels"]) => boolean = () => true) =>
    samples.filter((sample) => sample.name === name && is(sample.labels));
  const sum = (found: readonly Sample[]) => found.reduce((total, { value }) => total + value, 0);
  const isOurs = ({ data_type }: Sample["labels"]) => data_type === dataType[signal];

  const receivers = of(metrics.collectorAccepted[signal]);
  if (receivers.length === 0) return undefined;
  const queued = new Set(of(metrics.collectorQueueCapacity, isOurs).map(({ labels }) => labels["exporter"]));
  const fitted = of(
    metrics.collectorProcessed,
    ({ processor, otel_signal }) => processor === behindSampling && otel_signal === dataType[signal],
  );
  const accepted = sum(receivers);
  const notKept = fitted.length === 0 ? 0 : accepted - sum(fitted);
  const sent = sum(of(metrics.collectorSent[signal]));
  const dropped = sum(of(metrics.collectorSendFailed[signal], ({ exporter }) => queued.has(exporter)));
  return {
    accepted,
    notKept,
    sent,
    dropped,
    waiting: accepted - notKept - sent - dropped,
    holds: [metrics.collectorQueueSize, metrics.collectorInFlight].some((name) => sum(of(name, isOurs)) > 0),
  };
}

const each = (what: string): string => `sum by (job, instance) (${what})`;

/** The same in PromQL, for each process. What is not kept is not among what was taken. */
export function expressions(signal: LedgerSignal): Record<"taken" | "sent" | "dropped" | "waiting" | "held", string> {
  const accepted = each(metrics.collectorAccepted[signal]);
  const none = `0 * ${accepted}`;
  const kept = each(`${metrics.collectorProcessed}{processor="${behindSampling}",otel_signal="${dataType[signal]}"}`);
  const queued = `on (job, instance, exporter) ${metrics.collectorQueueCapacity}`;
  const holding = `{__name__=~"${metrics.collectorQueueSize}|${metrics.collectorInFlight}",data_type="${dataType[signal]}"}`;
  const taken = signal === "spans" ? `(${kept} or ${accepted})` : accepted;
  const sent = `(${each(metrics.collectorSent[signal])} or ${none})`;
  const dropped = `(${each(`${metrics.collectorSendFailed[signal]} and ${queued}`)} or ${none})`;
  const held = `(${each(holding)} or ${none})`;
  return { taken, sent, dropped, waiting: `${taken} - ${sent} - ${dropped}`, held };
}

/** Samples of a page in the text format of Prometheus. */
export const samplesOf = (page: string): Sample[] =>
  page.split("\n").flatMap((line) => {
    const [, name, labels = "", value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name === undefined) return [];
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, text]) => [key!, text!]);
    return [{ name, labels: Object.fromEntries(pairs) as Sample["labels"], value: Number(value) }];
  });
