import { account, samplesOf, signals, type Account, type LedgerSignal } from "../../components/ledger/ledger";
import { collectorAccepted } from "../../components/prometheus/metrics";
import type { Path, Process } from "./path";
import type { Count } from "./traffic";

/** What each hop takes. */
const hops = {
  agent: signals,
  gateway: ["spans"],
  "sampler-0": ["spans"],
  "sampler-1": ["spans"],
  jaeger: ["spans"],
} as const satisfies Partial<Record<Process, readonly LedgerSignal[]>>;

/** Accounts of every hop and signal, by `agent spans`. */
export type Accounts = ReadonlyMap<string, Account>;

export async function accountsOf(path: Path): Promise<Accounts> {
  const found = Object.entries(hops).map(async ([hop, taken]) => {
    const samples = samplesOf(await path.metrics(hop as keyof typeof hops));
    return taken.flatMap((signal): [string, Account][] => {
      // Its counter begins with the first item: a process that has sent what an earlier one took has none so far.
      const none = { name: collectorAccepted[signal], labels: {}, value: 0 };
      const one = account([...samples, none], signal);
      return one === undefined ? [] : [[`${hop} ${signal}`, one]];
    });
  });
  return new Map((await Promise.all(found)).flat());
}

/** What has no entry: below zero where more was sent than came. */
const restOf = (account?: Account): number => (account === undefined ? 0 : account.waiting - account.earlier);

/** Accounts that did not come out even between two moments at which nothing was held. A process that ended began anew. */
export const openBetween = (before: Accounts, after: Accounts, ended: readonly Process[] = []): string[] =>
  [...after].flatMap(([name, account]) => {
    const { notKept, holds } = account;
    if (ended.some((process) => name.split(" ")[0] === process)) return [];
    const [items, out] = [restOf(account) - restOf(before.get(name)), notKept - (before.get(name)?.notKept ?? 0)];
    return items === 0 && out === 0 && !holds ? [] : [`${name}: ${items} without an entry, ${out} not kept`];
  });

/** As items are called here and in the ledger. */
const entryOf = { spans: "spans", points: "points", lines: "logs" } as const;

/** What a process has no entry for although it is not among what was lost. */
export const unaccounted = (process: Process, before: Accounts, after: Accounts, lost: readonly Count[]): string[] =>
  Object.entries(entryOf).flatMap(([signal, entry]) => {
    const name = `${process} ${entry}`;
    const items = restOf(after.get(name)) - restOf(before.get(name));
    const gone = lost.filter((count) => count.signal === signal);
    const all = gone.reduce((sum, { acknowledged, found }) => sum + acknowledged - found, 0);
    return items <= all ? [] : [`${name}: ${items} without an entry, ${all} lost`];
  });
