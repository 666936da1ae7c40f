import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { onDisk } from "../../components/capacity/backends";
import { comparisons, incomparable } from "../../components/capacity/deployments";
import type { Demand } from "../../components/capacity/demand";
import { figures } from "../../components/capacity/figures";
import { capacityPlan, type CapacityPlan } from "../../components/capacity/plan";
import { inUnits, percent, short } from "../../components/capacity/write";
import { read, root } from "./markdown";

/** Columns of the table of volumes. */
const volumes: Readonly<Record<string, Demand>> = {
  "1M a day": { requestsPerDay: 1e6, endpoints: 600 },
  "100M a day": { requestsPerDay: 1e8, endpoints: 600 },
  "10,000M a day": { requestsPerDay: 1e10, endpoints: 600 },
  "10,000M, SDKs trace 1 %": { requestsPerDay: 1e10, endpoints: 600, headShare: 0.01 },
};

const rowsOf = (plan: CapacityPlan): (readonly [string, string])[] => [
  ["spans/s, average", short(plan.average.spansPerSecond)],
  ...plan.hops.flatMap(({ name, ...hop }): [string, string][] => [
    [`${name}: spans/s at peak`, short(hop.spansPerSecond)],
    [`${name}: bytes/s at peak`, inUnits(hop.bytesPerSecond)],
    [`${name}: CPUs in use`, short(hop.cpu)],
    [`${name}: replicas × CPU, memory`, `${short(hop.replicas)} × ${short(hop.cpuEach)}, ${inUnits(hop.memoryEach)}`],
    ...(hop.diskEach === undefined
      ? []
      : [
          [`${name}: queue, disk of each`, `${inUnits(hop.queueEach ?? 0)}, ${inUnits(hop.diskEach)}`] as [
            string,
            string,
          ],
        ]),
  ]),
  ...plan.backends
    .filter(({ kind }) => kind !== "memory")
    .flatMap(({ kind, suits, writtenPerMonth, nodes, diskEach, shards }): [string, string][] => [
      [`${kind}: suits`, suits ? "yes" : "no"],
      [`${kind}: written a month`, inUnits(writtenPerMonth)],
      [`${kind}: nodes × disk`, `${short(nodes)} × ${inUnits(diskEach)}`],
      ...(shards === undefined
        ? []
        : [
            [`${kind}: shards a day × size`, `${short(shards.primariesPerDay)} × ${inUnits(shards.shardBytes)}`] as [
              string,
              string,
            ],
          ]),
    ]),
  ["series from spans", short(plan.metrics.spanSeries)],
  ["Prometheus: memory, disk", `${inUnits(plan.metrics.memory)}, ${inUnits(plan.metrics.disk)}`],
  ["Kafka: brokers × disk", `${short(plan.buffer.brokers)} × ${inUnits(plan.buffer.diskEach)}`],
  ["Log lines: disk", inUnits(plan.logs.disk)],
];

const table = (headings: readonly string[], rows: readonly (readonly string[])[]): string =>
  [headings, headings.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

function volumeTable(): string {
  const columns = Object.values(volumes).map((demand) => rowsOf(capacityPlan(demand)));
  return table(
    ["", ...Object.keys(volumes)],
    columns[0]!.map(([what], row) => [what, ...columns.map((column) => column[row]![1])]),
  );
}

const sections: Readonly<Record<string, () => string>> = {
  constants: () =>
    table(
      ["constant", "value", "source", "error"],
      Object.entries(figures).map(([name, { value, unit, source, error }]) => [
        name,
        `${value < 0.001 ? value.toExponential(1) : short(value)} ${unit}`,
        source,
        error,
      ]),
    ),
  "on disk": () =>
    table(
      ["backend", "bytes a span and copy", "copies", "free", "granularity", "source", "error"],
      Object.entries(onDisk).map(([kind, { formula, copies, free, granularityDays, source, error }]) => [
        kind,
        formula,
        short(copies),
        `${free * 100} %`,
        `${granularityDays} d`,
        source,
        error,
      ]),
    ),
  volumes: volumeTable,
  comparisons: () =>
    table(
      ["who", "inputs", "unit", "published", "planned", "error", "remark"],
      comparisons.map(({ who, inputs, unit, published, planned, error, remark }) => [
        who,
        inputs,
        unit,
        short(published),
        short(planned),
        percent(error),
        remark,
      ]),
    ),
  incomparable: () =>
    table(
      ["who", "lacks"],
      incomparable.map(({ who, lacks }) => [who, lacks]),
    ),
};

/** docs/capacity.md with its tables as the code has them. */
export function capacityDocument(): Promise<string> {
  const text = Object.entries(sections).reduce(
    (all, [name, write]) =>
      all.replace(
        new RegExp(`(<!-- ${name} -->)[^]*(<!-- /${name} -->)`),
        (_, begin: string, end: string) => `${begin}\n\n${write()}\n\n${end}`,
      ),
    read("docs", "capacity.md"),
  );
  return format(text, { parser: "markdown", printWidth: 120 });
}

if (require.main === module) {
  void capacityDocument().then((text) => writeFileSync(join(root, "docs", "capacity.md"), text));
}
