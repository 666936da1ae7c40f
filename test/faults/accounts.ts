import { account, samplesOf, signals, type Account } from "../../components/ledger/ledger";
import type { Path, Process } from "./path";

const hops = ["agent", "gateway", "sampler-0", "sampler-1", "jaeger"] as const satisfies readonly Process[];

/** Accounts of every hop and signal, by `agent spans`. */
export type Accounts = ReadonlyMap<string, Account>;

export async function accountsOf(path: Path): Promise<Accounts> {
  const found = hops.map(async (hop) => {
    const samples = samplesOf(await path.metrics(hop));
    return signals.flatMap((signal): [string, Account][] => {
      const one = account(samples, signal);
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
