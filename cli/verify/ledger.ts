import { setTimeout as wait } from "node:timers/promises";
import { account, closes, ledgerMetrics, signals, type Account, type Sample } from "../../components/ledger/ledger";
import { inColumns } from "../columns";
import type { Backend } from "./backend";
import { instant } from "./instant";

/** One signal in one process. */
export interface Line extends Account {
  readonly job: string;
  readonly instance: string;
  readonly signal: string;
  readonly closes: boolean;
}

export interface Ledger {
  /** Every line closes, and there is one at least. */
  readonly ok: boolean;
  readonly lines: readonly Line[];
}

/** Between two looks, in milliseconds: Prometheus asks every 15 s. */
const pause = 5_000;

/** Reads what every hop says of every signal, and looks again while a line is open, until time is up. */
export async function readLedger(prometheus: Backend, timeout = 60_000): Promise<Ledger> {
  for (const deadline = Date.now() + timeout; ; await wait(pause)) {
    const ledger = ledgerOf(await latest(prometheus));
    if (ledger.ok || Date.now() + pause > deadline) return ledger;
  }
}

async function latest(prometheus: Backend): Promise<Sample[]> {
  const query = `{__name__=~"${ledgerMetrics.join("|")}"}`;
  return (await instant(prometheus, query)).map(({ metric: { __name__: name = "", ...labels }, value: [, value] }) => ({
    name,
    labels,
    value: Number(value),
  }));
}

/** Lines in the order of their jobs and processes. */
export function ledgerOf(samples: readonly Sample[]): Ledger {
  const processes = Map.groupBy(samples, ({ labels }) => `${labels["job"]} ${labels["instance"]}`);
  const lines = [...processes].sort().flatMap(([, of]) => {
    const { job = "", instance = "" } = of[0]!.labels;
    return signals.flatMap((signal): Line[] => {
      const one = account(of, signal);
      return one === undefined ? [] : [{ job, instance, signal, ...one, closes: closes(one) }];
    });
  });
  return { ok: lines.length > 0 && lines.every((line) => line.closes), lines };
}

const number = (n: number): string => n.toLocaleString("en-US");

/** What a person reads: a table, and what is open. */
export function ledgerInWords({ ok, lines }: Ledger): string {
  if (lines.length === 0) return "Prometheus knows of no Collector that has accepted anything yet";
  const headings = [
    "hop",
    "process",
    "signal",
    "accepted",
    "made",
    "earlier",
    "sent",
    "dropped",
    "not kept",
    "waiting",
    "",
  ];
  const rows = lines.map((line) => [
    line.job,
    line.instance,
    line.signal,
    ...[line.accepted, line.made, line.earlier, line.sent, line.dropped, line.notKept, line.waiting].map(number),
    line.closes ? "" : "open",
  ]);
  const open = lines.filter((line) => !line.closes);
  return [
    inColumns({ title: "since each process started:", headings, rows }),
    ok
      ? "the ledger closes: what was accepted, made or taken over from an earlier process is sent, dropped and counted as that, not kept, or waiting"
      : `the ledger is open: ${open.map(({ waiting, signal, instance }) => `${number(waiting)} ${signal} in ${instance}`).join(", ")} are neither sent nor held`,
  ].join("\n");
}
