import { account, samplesOf, signals, type Account, type LedgerSignal } from "../../components/ledger/ledger";
import { collectorAccepted } from "../../components/prometheus/metrics";
import type { Path, Process } from "./path";

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

/** Accounts that did not come out even between two moments at which nothing was held. A process that ended began anew. */
export const openBetween = (before: Accounts, after: Accounts, ended?: Process): string[] =>
  [...after].flatMap(([name, { waiting, notKept, holds }]) => {
    if (name.split(" ")[0] === ended) return [];
    const [items, out] = [waiting - (before.get(name)?.waiting ?? 0), notKept - (before.get(name)?.notKept ?? 0)];
    return items === 0 && out === 0 && !holds ? [] : [`${name}: ${items} without an entry, ${out} not kept`];
  });
