import type { Amounts } from "./pod";

export type Resource = keyof Amounts;

/** So much of a resource, for people. What is taken too much of is below 0, and reads as 0. */
export function amount(resource: Resource, of: number): string {
  const n = Math.max(0, of);
  if (resource === "cpu") return many(rounded(n), "CPU");
  if (resource === "pods") return many(String(n), "pod");
  return n < gib ? `${Math.floor(n / mib)} MiB` : `${rounded(n / gib)} GiB`;
}

/** Several of the same: `2 × 4 GiB`. */
export const sized = (resource: Resource, count: number, each: number): string =>
  `${count === 1 ? "" : `${count} × `}${amount(resource, each).replace(/ CPUs?$/, "")}`;

const many = (n: string, what: string): string => `${n} ${what}${n === "1" ? "" : "s"}`;

const mib = 1024 ** 2;
const gib = 1024 ** 3;
/** Down to hundredths: what is free is never said to be more. */
const rounded = (n: number): string => String(Math.floor(n * 100 + 1e-6) / 100);

/** Where settings have what a workload asks for: a storage and a buffer that the stack runs have it beside their nodes. */
export function settingOf(resource: Resource | "size", workload: string): string {
  if (workload.startsWith("kafka")) return `buffer.managed.${resource}`;
  return /^(cassandra|opensearch|elasticsearch)/.test(workload)
    ? `storage.managed.${resource}`
    : `${resource}.${workload}`;
}

/** Setting that says how large the claims of a workload are. */
export const sizeOf = (workload: string): string => own[workload] ?? settingOf("size", workload);

const own: Readonly<Record<string, string>> = {
  collector: "queueSize",
  agent: "queueSize",
  gateway: "queueSize",
  sampler: "queueSize",
  jaeger: "storage.size",
  prometheus: "metricsSize",
  loki: "logsSize",
  victorialogs: "logsSize",
};
