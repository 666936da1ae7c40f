import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { collectorConfig } from "../../components/collector/config";
import { batchUpTo } from "../../components/collector/limits";
import { nop, otlp, otlpGrpc, type Durability, type QueueOptions } from "../../components/collector/parts";
import { healthCheck } from "../../components/collector/extensions/health-check";
import { goMemoryLimitBelow, goRuntime, memoryLimiter } from "../../components/collector/processors/memory-limiter";
import type { Pipelines } from "../../components/collector/pipeline";
import { yaml, type Config } from "../../components/core/config";
import { external } from "../../components/core/platform";
import { settingsOfStack } from "../../configs/stack-file";
import { pipelinesAt } from "../support/hop";
import { load } from "../support/load";
import { median, start, type Measured } from "./process";

export interface Run {
  readonly pipeline: string;
  readonly spansPerRequest: number;
  readonly spansPerSecond: number;
  readonly spansPerCpuSecond: number;
  /** Spans per CPU-second against the hop with the batch processor, measured in the same round. */
  readonly ratio: Spread;
  /** The same against that hop with the garbage collection of a generated Collector. */
  readonly ratioAtSameGarbageCollection: Spread;
  readonly peakMebibytes: number;
}

/** What was seen over the rounds. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Ports of the Collector that is measured, and of the one that only receives. */
export const measured = { grpc: 24317, http: 24318, health: 24133, metrics: 24888 };
const sink = { grpc: 25317, http: 25318, health: 25133, metrics: 25888 };
const folder = mkdtempSync(join(tmpdir(), "sightline-bench-"));

const settings = settingsOfStack("dev");
/** What an OtelCollector has unless it is told otherwise. */
const memory = "512 MiB";
const runtime = goRuntime(memory);
/** As the memory limiter's README has it, GOGC left at Go's default. */
const usualRuntime = { GOMEMLIMIT: goMemoryLimitBelow(memory) };
const to = external(`127.0.0.1:${sink.grpc}`);

export const toSink = (durability: Durability, batch: QueueOptions["batch"] = batchUpTo(4)): Pipelines => ({
  traces: {
    receivers: [otlp()],
    exporters: [otlpGrpc({ name: "sink", to, tls: false, queue: { durability, batch }, compression: "zstd" })],
  },
});

/** The same hop as it was written before exporters could batch. */
const withBatchProcessor = (config: Config): Config => {
  const { processors, exporters, service } = structuredClone(config) as unknown as Record<
    string,
    Record<string, Config>
  >;
  const exporter = exporters!["otlp_grpc/sink"] as Record<string, Config>;
  const { batch, ...queue } = exporter["sending_queue"] as Record<string, unknown>;
  if (batch === undefined) throw new Error("the exporter makes no batches: there is nothing to compare");
  const pipelines = service!["pipelines"] as unknown as { traces: Config };
  return {
    ...config,
    processors: { ...processors, batch: {} },
    exporters: {
      "otlp_grpc/sink": { ...exporter, sending_queue: { ...queue, sizer: "requests", queue_size: 1000 } as Config },
    },
    service: { ...service, pipelines: { traces: { ...pipelines.traces, processors: ["memory_limiter", "batch"] } } },
  };
};

const at = (port: number) => ({ host: "127.0.0.1", port, of: { workload: "sink", port: "otlp" } });

/** The hop as a careful user writes it, and the same with the garbage collection of a generated Collector. */
const baseline = "batch processor";
const tunedBaseline = `batch processor, GOGC=${runtime.GOGC}`;

/** Every pipeline that is compared, by name. */
const pipelines: Readonly<Record<string, () => Config>> = {
  "otlp → nop": () => written({ traces: { receivers: [otlp()], exporters: [nop()] } }),
  [baseline]: () => withBatchProcessor(written(toSink("memory"))),
  [tunedBaseline]: () => withBatchProcessor(written(toSink("memory"))),
  memory: () => written(toSink("memory")),
  disk: () => written(toSink("disk")),
  "disk-fsync": () => written(toSink("disk-fsync")),
  "dev stack, whole": () =>
    written(pipelinesAt(settings, 0, { next: at(sink.grpc), prometheus: at(sink.http), logs: at(sink.http) })),
};

export const written = (wanted: Pipelines): Config =>
  collectorConfig({
    distribution: { name: "otelcol-contrib", collector: settings.images.collector.version },
    pipelines: wanted,
    limiter: memoryLimiter({ memory }),
    extensions: [healthCheck()],
    telemetry: { metrics: { level: "none" }, logs: { level: "warn" } },
  }).config;

/** A configuration moved from a container to this machine: its own ports, its own folder. */
const local = (config: Config, ports: typeof measured, name: string): string =>
  yaml(config)
    .replaceAll("0.0.0.0:4317", `127.0.0.1:${ports.grpc}`)
    .replaceAll("0.0.0.0:4318", `127.0.0.1:${ports.http}`)
    .replaceAll("0.0.0.0:13133", `127.0.0.1:${ports.health}`)
    .replaceAll("/var/lib/otelcol", join(folder, name))
    .replaceAll("/api/v1/otlp", "")
    .replaceAll(`${sink.http}/otlp`, String(sink.http));

export async function collector(
  binary: string,
  config: Config,
  ports: typeof measured,
  name: string,
  env: Readonly<Record<string, string>> = runtime,
) {
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, local(config, ports, name));
  return start(binary, [`--config=${file}`], `http://127.0.0.1:${ports.health}/`, join(folder, `${name}.log`), env);
}

/** The Collector that all send to. */
export function receiver(binary: string): Promise<Measured> {
  const drain = written({
    traces: { receivers: [otlp()], exporters: [nop()] },
    metrics: { receivers: [otlp()], exporters: [nop()] },
    logs: { receivers: [otlp()], exporters: [nop()] },
  });
  return collector(binary, drain, sink, "sink");
}

/**
 * Measures every pipeline with requests of each size, against one sink. Pipelines take turns in rounds, since what else
 * a machine does changes by the minute and must not hit one of them alone; figures are medians over the rounds.
 */
export async function pipelineRuns(
  binary: string,
  seconds: number,
  sizes: readonly number[],
  rounds: number,
): Promise<Run[]> {
  const receiving = await receiver(binary);
  try {
    const runs: Run[] = [];
    for (const size of sizes) runs.push(...(await medians(binary, seconds, size, rounds)));
    return runs;
  } finally {
    await receiving.stop();
  }
}

async function medians(binary: string, seconds: number, spansPerRequest: number, rounds: number): Promise<Run[]> {
  const names = Object.keys(pipelines);
  const seen: Record<string, Figures>[] = [];
  for (let round = 0; round < rounds; round++) {
    const figures: Record<string, Figures> = {};
    for (const name of names) figures[name] = await measure(binary, pipelines[name]!(), name, seconds, spansPerRequest);
    seen.push(figures);
  }
  const over = (of: (round: Record<string, Figures>) => number): number => median(seen.map(of));
  const against = (other: string, pipeline: string): Spread => {
    const ratios = seen.map((round) => round[pipeline]!.spansPerCpuSecond / round[other]!.spansPerCpuSecond);
    return { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
  };
  return names.map((pipeline) => ({
    pipeline,
    spansPerRequest,
    spansPerSecond: over((round) => round[pipeline]!.spansPerSecond),
    spansPerCpuSecond: over((round) => round[pipeline]!.spansPerCpuSecond),
    ratio: against(baseline, pipeline),
    ratioAtSameGarbageCollection: against(tunedBaseline, pipeline),
    peakMebibytes: over((round) => round[pipeline]!.peakMebibytes),
  }));
}

type Figures = Pick<Run, "spansPerSecond" | "spansPerCpuSecond" | "peakMebibytes">;

async function measure(
  binary: string,
  config: Config,
  pipeline: string,
  seconds: number,
  spansPerRequest: number,
): Promise<Figures> {
  const name = `${pipeline.replace(/\W+/g, "-")}-${spansPerRequest}`;
  const running = await collector(binary, config, measured, name, pipeline === baseline ? usualRuntime : runtime);
  try {
    const url = `http://127.0.0.1:${measured.http}`;
    await load({ url, seconds: 2, spansPerRequest, record: false });
    const before = await atRest(running);
    const { acknowledgedSpans, spansPerSecond } = await load({ url, seconds, spansPerRequest, record: false });
    // What waits in a queue is work still to be done.
    const used = (await atRest(running)) - before;
    return { spansPerSecond, spansPerCpuSecond: acknowledgedSpans / used, peakMebibytes: running.peakMebibytes() };
  } finally {
    await running.stop();
  }
}

/** CPU used by a program once it does nothing any more, in seconds. */
export async function atRest({ cpuSeconds }: Measured): Promise<number> {
  for (let before = cpuSeconds(); ; before = cpuSeconds()) {
    await wait(1_000);
    // A Collector without work still ticks: flushes, memory checks.
    if (cpuSeconds() - before < 0.05) return cpuSeconds();
  }
}
