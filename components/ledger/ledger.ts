import { fitting, unfitPoints } from "../prometheus/fit";
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
 * What became of the items of one signal in one process since it started: `accepted + made + earlier` is
 * `notKept + sent + dropped + waiting`. What was refused is not part of it: whoever sent it was told, and still has it.
 *
 * The size of a queue on disk is known in bytes alone, so what waits is the rest of the sum. That rest has to be nothing
 * once nothing is held any more: this is what makes a ledger close.
 */
export interface Account {
  /** Taken by receivers. */
  readonly accepted: number;
  /** Made by the process itself: points of the metrics that connectors make of spans, lines and points. */
  readonly made: number;
  /** Sent beyond all that came in since this process started: an earlier process had accepted it. */
  readonly earlier: number;
  /** Taken from senders, and not kept: sampled out, not decided yet, or left out by a filter because it is not wanted. */
  readonly notKept: number;
  /** Taken by the next hop. */
  readonly sent: number;
  /**
   * Given up by an exporter with a queue, or by what makes points fit for Prometheus. Without a queue the sender is told, and
   * nothing was accepted.
   */
  readonly dropped: number;
  /** The rest. */
  readonly waiting: number;
  /** Whether a queue holds something, or a request waits for its answer. */
  readonly holds: boolean;
}

/** Whether everything has an entry: what is neither sent nor dropped is held, or is nothing. */
export const closes = ({ waiting, holds }: Account): boolean => waiting === 0 || holds;

/** Every metric that an account is made of. */
export const ledgerMetrics: readonly string[] = [
  ...[metrics.collectorAccepted, metrics.collectorSent, metrics.collectorSendFailed].flatMap((all) =>
    Object.values(all),
  ),
  metrics.collectorQueueSize,
  metrics.collectorQueueCapacity,
  metrics.collectorInFlight,
  metrics.collectorProcessed,
  metrics.collectorFilteredPoints,
  metrics.collectorEnqueueFailed.points,
];

/** The processor behind tail sampling, which cuts spans down to what the storage takes: it counts what is kept. */
const behindSampling = "transform/fit";

/** The processor that drops points which no Prometheus takes. What other filters leave out is not wanted. */
const unfit = `filter/${fitting}`;

/** The processor that every pipeline begins with: it counts what a process makes itself, which no receiver does. */
const atEntry = "memory_limiter";

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
  const isQueued = ({ exporter }: Sample["labels"]) => queued.has(exporter);
  const failed = of(metrics.collectorSendFailed[signal]);
  const filtered = signal === "points" ? of(metrics.collectorFilteredPoints) : [];
  const [unfitting, unwanted] = [
    filtered.filter(({ labels }) => labels["filter"] === unfit),
    filtered.filter(({ labels }) => labels["filter"] !== unfit),
  ];
  const entered = of(
    metrics.collectorProcessed,
    ({ processor, otel_signal }) => signal === "points" && processor === atEntry && otel_signal === dataType[signal],
  );
  // What entered and found no room was refused, whether it came or was made.
  const turnedAway = [
    ...of(metrics.collectorEnqueueFailed[signal]),
    ...failed.filter(({ labels }) => !isQueued(labels)),
  ];
  const made = Math.max(0, sum(entered) - sum(turnedAway) - accepted);
  const notKept = fitted.length === 0 ? sum(unwanted) : accepted - sum(fitted);
  const sent = sum(of(metrics.collectorSent[signal]));
  const dropped = sum(unfitting) + sum(failed.filter(({ labels }) => isQueued(labels)));
  const rest = accepted + made - notKept - sent - dropped;
  return {
    accepted,
    made,
    earlier: Math.max(0, -rest),
    notKept,
    sent,
    dropped,
    waiting: Math.max(0, rest),
    holds: [metrics.collectorQueueSize, metrics.collectorInFlight].some((name) => sum(of(name, isOurs)) > 0),
  };
}

const each = (what: string): string => `sum by (job, instance) (${what})`;

type Column = "taken" | "made" | "earlier" | "sent" | "dropped" | "waiting" | "held";

/** The same in PromQL, for each process. What is not kept is not among what was taken. */
export function expressions(signal: LedgerSignal): Record<Column, string> {
  const accepted = each(metrics.collectorAccepted[signal]);
  const orNone = (what: string) => `(${each(what)} or 0 * ${accepted})`;
  const processed = (processor: string) =>
    each(`${metrics.collectorProcessed}{processor="${processor}",otel_signal="${dataType[signal]}"}`);
  const queued = `on (job, instance, exporter) ${metrics.collectorQueueCapacity}`;
  const holding = `{__name__=~"${metrics.collectorQueueSize}|${metrics.collectorInFlight}",data_type="${dataType[signal]}"}`;
  const [failed, sent] = [metrics.collectorSendFailed[signal], orNone(metrics.collectorSent[signal])];
  const lost = orNone(`${failed} and ${queued}`);
  const held = orNone(holding);
  if (signal !== "points") {
    const taken = signal === "spans" ? `(${processed(behindSampling)} or ${accepted})` : accepted;
    const rest = `${taken} - ${sent} - ${lost}`;
    return { taken, made: `0 * ${accepted}`, ...signs(rest), sent, dropped: lost, held };
  }
  const unwanted = orNone(`${metrics.collectorFilteredPoints}{filter!="${unfit}"}`);
  const turnedAway = `${orNone(metrics.collectorEnqueueFailed.points)} - ${orNone(`${failed} unless ${queued}`)}`;
  const taken = `(${accepted} - ${unwanted})`;
  const made = `clamp_min((${processed(atEntry)} or ${accepted}) - ${turnedAway} - ${accepted}, 0)`;
  const dropped = `(${lost} + ${orNone(unfitPoints)})`;
  return { taken, made, ...signs(`${taken} + ${made} - ${sent} - ${dropped}`), sent, dropped, held };
}

/** A rest above zero waits; one below zero was accepted by an earlier process. */
const signs = (rest: string) => ({ waiting: `clamp_min(${rest}, 0)`, earlier: `clamp_min(-(${rest}), 0)` });

/** Samples of a page in the text format of Prometheus. */
export const samplesOf = (page: string): Sample[] =>
  page.split("\n").flatMap((line) => {
    const [, name, labels = "", value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name === undefined) return [];
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, text]) => [key!, text!]);
    return [{ name, labels: Object.fromEntries(pairs) as Sample["labels"], value: Number(value) }];
  });
