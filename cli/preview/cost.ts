import type { Capacity } from "./capacity";

/** What a month costs, in any currency. There is no default: prices are the reader's own. */
export interface Prices {
  /** One CPU. */
  readonly cpu: number;
  /** One GiB of memory. */
  readonly memory: number;
  /** One GiB of disk. */
  readonly disk: number;
}

/** Price of a capacity for one month. */
export const monthly = ({ cpu, memory, disk }: Omit<Capacity, "replicas">, prices: Prices): number =>
  cpu * prices.cpu + (memory / gib) * prices.memory + (disk / gib) * prices.disk;

export const gib = 1024 ** 3;
