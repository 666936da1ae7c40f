import { readFileSync, writeFileSync } from "node:fs";
import { arch, cpus, totalmem } from "node:os";
import { join } from "node:path";
import { obtainBinary } from "../../toolchain/build";
import { batchCost } from "./batches";
import { cassandraRuns, rowsPerCpuSecond } from "./cassandra";
import { describe } from "./describe";
import { pipelineRuns, type Spread } from "./pipeline";
import { preview } from "./preview";
import { jaegerHere, storageRuns } from "./storage";
import { verifyLatency } from "./verify";

const page = join(__dirname, "..", "..", "docs", "benchmarks.md");
const number = (value: number, digits = 0): string => value.toLocaleString("en", { maximumFractionDigits: digits });
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

const spread = ({ median, least, most }: Spread): string =>
  `${number(median, 2)} (${number(least, 2)} to ${number(most, 2)})`;

/** Not measured here: it takes minutes, and a container with a limit. */
const overload = `Measured once, by hand: a Collector in a container of 512 MiB with the settings of an OtelCollector (GOGC=400, GOMEMLIMIT=286MiB, refusing from 328 MiB of heap), eight senders at full speed with 512 spans a request, the next hop away for a minute in between, other work on both cores.

${table(
  ["queue", "phase", "CPU", "most memory without page cache"],
  [
    ["disk", "next hop there", "7.2 s of 40 s", "282 MiB"],
    ["disk", "away, queue fills and refuses", "9.1 s of 61 s", "283 MiB"],
    ["disk", "back", "9.1 s of 61 s", "278 MiB"],
    ["memory", "next hop there", "6.9 s of 41 s", "282 MiB"],
    ["memory", "away, queue fills and refuses", "8.0 s of 61 s", "296 MiB"],
    ["memory", "back", "9.7 s of 61 s", "282 MiB"],
  ],
)}

Only full queues refused; the memory limiter never did, nor did it force a collection, and nothing was killed. With GOMEMLIMIT at 327 MiB, where refusing starts, it forced one.`;

/** What it costs that batches are bounded in bytes. */
async function batches(): Promise<string> {
  const { path } = await obtainBinary("otelcol-contrib");
  const { pairs, spans, bytesPerSpan, ratio, from, to } = await batchCost(path);
  return `## What counting bytes costs

Two Collectors beside each other, both with a queue in memory, one with batches bounded in bytes as generated Collectors have them, the other with batches of 4,096 to 8,192 spans. They take turns: ${number(pairs)} times each, ${number(spans)} spans of ${number(bytesPerSpan)} bytes a turn, 512 a request. Spans per CPU-second with bytes against those with items in the turn beside it: ${number(ratio, 3)} in the median, which lies between ${number(from, 3)} and ${number(to, 3)} with a confidence of 95 %.`;
}

/** What a plan costs, as CI has it for each pull request. */
async function planning(): Promise<string> {
  const { objects, cpuSeconds, rssMegabytes, pulumi } = await describe();
  return `## Planning and rendering, without Pulumi

${table(["objects", "CPU", "peak memory", "modules of Pulumi loaded"], [[number(objects), `${number(cpuSeconds, 2)} s`, `${number(rssMegabytes)} MiB`, number(pulumi)]])}

CPU and memory of the whole process, start and modules included.`;
}

/** What storages take and keep. */
async function storages(): Promise<string> {
  const { version } = await jaegerHere();
  const stored = await storageRuns();
  return `## Storages

One Collector without a queue on loopback, Jaeger ${version}, and the storage as one process beside them, one storage after the other: as many spans as are taken within 30 s, 100 a request and 10 requests at once, until the last of them is found by its id. Bytes are those on disk of one copy, when all is written and nothing merges any more; what the planner says is for spans of this size and as many attributes. Each trace has an id of its own in its paths, and each span a peer of its own.

${table(
  ["storage", "spans", "spans/s", "ratio to memory", "bytes a span", "planned"],
  stored.map(({ backend, spans, spansPerSecond, ratio, bytesPerSpan, planned }) => [
    backend,
    number(spans),
    number(spansPerSecond),
    number(ratio, 3),
    bytesPerSpan === undefined ? "none" : number(bytesPerSpan),
    planned === undefined ? "none" : number(planned),
  ]),
)}`;
}

/** What Cassandra itself does for its rows. */
async function cassandra(): Promise<string> {
  const { version } = await jaegerHere();
  const { runs, bytesPerRow } = await cassandraRuns();
  const { busiest, further } = rowsPerCpuSecond(runs);
  return `## Cassandra alone

One Cassandra with 2 GiB of heap and one copy, written by Jaeger ${version} on the same machine, after two minutes of writing: nothing at all, so many spans a second, or as many as are taken, half a minute each. CPU is that of Cassandra's own process, merging of files included; rows are what Jaeger has counted as written.

${table(
  ["spans", "rows", "seconds", "CPU", "rows a CPU-second"],
  runs.map(({ spans, rows, seconds, cpu }) => [
    number(spans),
    number(rows),
    number(seconds),
    `${number(cpu, 1)} s`,
    rows === 0 ? "none" : number(rows / cpu),
  ]),
)}

${number(busiest)} rows a CPU-second when it was busiest, ${number(further)} for each further row, ${number(bytesPerRow)} bytes a row on disk.`;
}

/** Measures one part alone, and leaves the rest of the page as it is; a part that is not there yet comes last. */
async function alone(heading: string, measure: () => Promise<string>): Promise<void> {
  const measured = await measure();
  const [text, part] = [readFileSync(page, "utf8"), new RegExp(`^## ${heading}\\n[^]*?(?=\\n## |(?![^]))`, "m")];
  writeFileSync(
    page,
    part.test(text) ? text.replace(part, () => `${measured}\n`) : `${text.trimEnd()}\n\n${measured}\n`,
  );
  console.log(measured);
}

async function main(): Promise<void> {
  const { path: collector } = await obtainBinary("otelcol-contrib");
  const previews = { dev: await preview("dev", 3), prod: await preview("prod", 3) };
  const runs = await pipelineRuns(collector, 4, [512, 5], 5);
  const verified = await verifyLatency();

  const text = `# Benchmarks

Written by \`npm run bench\`. Ratios compare runs of one session on one machine: ${cpus().length} cores (${cpus()[0]?.model.trim()}, ${arch()}), ${number(totalmem() / 1024 ** 3)} GiB, Node ${process.version}.

${await planning()}

## Previews

${table(
  ["stack", "program", "resources", "CPU", "ratio"],
  Object.entries(previews).flatMap(([stack, { resources, flatCpuSeconds, stackCpuSeconds }]) => [
    [stack, "flat, no components", number(resources), `${number(flatCpuSeconds, 1)} s`, "1"],
    [
      stack,
      "stacks/",
      `${number(resources)} and components`,
      `${number(stackCpuSeconds, 1)} s`,
      number(stackCpuSeconds / flatCpuSeconds, 2),
    ],
  ]),
)}

CPU of Pulumi and all it starts, median of 3. The flat program writes the same resources out with the classes of the SDK. dev is previewed against a Docker engine, prod without any cluster.

## What durability costs

One Collector on loopback, OTLP in, OTLP/gRPC out to a Collector that discards. CPU is that of the measured Collector until its queue is empty. Figures are medians of 5 rounds, ratios with the least and the most that a round gave, as spans per CPU-second against a hop with the batch processor in the same round: first one written with care but with Go's default of collecting garbage (GOMEMLIMIT, no GOGC), then one with GOGC=400 as generated Collectors have it. So the first ratio is what this library gives against what is usual, and the second is the price of the queue alone.

${table(
  ["pipeline", "spans a request", "spans/s", "spans per CPU-second", "ratio", "ratio at the same GOGC", "peak memory"],
  runs.map((run) => [
    run.pipeline,
    number(run.spansPerRequest),
    number(run.spansPerSecond),
    number(run.spansPerCpuSecond),
    spread(run.ratio),
    spread(run.ratioAtSameGarbageCollection),
    `${number(run.peakMebibytes)} MiB`,
  ]),
)}

The batch processor answers before anything is safe; \`memory\` loses what waits when the process dies; \`disk\` keeps it unless the machine loses power; \`disk-fsync\` keeps it then too.

${await batches()}

${await storages()}

${await cassandra()}

## Memory under overload

${overload}

## Latency of verify

${verified}
`;
  writeFileSync(page, text);
  console.log(text);
}

const [, , asked] = process.argv;
const parts: Readonly<Record<string, () => Promise<void>>> = {
  planning: () => alone("Planning and rendering, without Pulumi", planning),
  batches: () => alone("What counting bytes costs", batches),
  storages: () => alone("Storages", storages),
  cassandra: () => alone("Cassandra alone", cassandra),
};

const measures = asked === undefined ? main : parts[asked];
if (measures === undefined)
  throw new Error(`no part "${asked}"; write one of ${Object.keys(parts).join(", ")}, or none for all`);
measures().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
