import { writeFileSync } from "node:fs";
import { arch, cpus, totalmem } from "node:os";
import { join } from "node:path";
import { obtainBinary } from "../../toolchain/build";
import { describe } from "./describe";
import { pipelineRuns, type Spread } from "./pipeline";
import { preview } from "./preview";
import { verifyLatency } from "./verify";

const page = join(__dirname, "..", "..", "docs", "benchmarks.md");
const number = (value: number, digits = 0): string => value.toLocaleString("en", { maximumFractionDigits: digits });
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

const spread = ({ median, least, most }: Spread): string =>
  `${number(median, 2)} (${number(least, 2)} to ${number(most, 2)})`;

async function main(): Promise<void> {
  const { path: collector } = await obtainBinary("otelcol-contrib");
  const described = await describe();
  const previews = { dev: await preview("dev", 3), prod: await preview("prod", 3) };
  const runs = await pipelineRuns(collector, 4, [512, 5], 5);
  const verified = await verifyLatency();

  const text = `# Benchmarks

Written by \`npm run bench\`. Ratios compare runs of one session on one machine: ${cpus().length} cores (${cpus()[0]?.model.trim()}, ${arch()}), ${number(totalmem() / 1024 ** 3)} GiB, Node ${process.version}.

## Planning and rendering, without Pulumi

${table(["objects", "CPU", "peak memory", "modules of Pulumi loaded"], [[number(described.objects), `${number(described.cpuSeconds, 2)} s`, `${number(described.rssMegabytes)} MiB`, number(described.pulumi)]])}

CPU and memory of the whole process, start and modules included.

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

## Latency of verify

${verified}
`;
  writeFileSync(page, text);
  console.log(text);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
