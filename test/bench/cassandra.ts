import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { startEngine, stopEngine } from "../../toolchain/engines/run";
import { obtainBinary } from "../../toolchain/build";
import { candidates } from "../storage/candidates";
import { sit } from "../storage/sitting";
import { load } from "../support/load";
import { cpuSecondsOf } from "./process";
import { jaegerHere, storedBytes } from "./storage";

/** Rows of some time, and what Cassandra's own process did for them. */
export interface Written {
  readonly seconds: number;
  readonly spans: number;
  readonly rows: number;
  /** CPU of its process, in seconds. */
  readonly cpu: number;
}

/** Until Java has compiled what is called most, in seconds. */
const warming = 120;
const seconds = 30;
/** Spans a second, evenly; nothing at all, and as many as are taken. */
const rates = [0, 100, "most", 200, 0, "most", 300, "most"] as const;

/**
 * Has Jaeger write into one Cassandra, at several rates, and reads the CPU that Cassandra's process alone has used.
 * However busy a machine is, that counts what Cassandra did, and no waiting; a busy one makes caches colder.
 */
export async function cassandraRuns(): Promise<{ readonly runs: readonly Written[]; readonly bytesPerRow: number }> {
  const folder = mkdtempSync(join(tmpdir(), "sightline-bench-cassandra-"));
  const { engine, storage } = candidates["cassandra"]!;
  const where = { folder: join(folder, "engine"), port: engine!.port };
  const collector = (await obtainBinary("otelcol-contrib")).path;
  // More than an engine to try Jaeger with gets: collecting garbage in a small heap would be measured.
  process.env["_JAVA_OPTIONS"] ??= "-Xms2g -Xmx2g";
  try {
    const { pid } = await startEngine("cassandra", where);
    const at = await sit(storage("bench"), { ...(await jaegerHere()), collector }, join(folder, "bench"));
    const rowsSoFar = async (): Promise<number> => rowsIn(await (await fetch(`${at.jaeger.url(8888)}/metrics`)).text());
    const write = async (rate: (typeof rates)[number], lasts: number): Promise<Written> => {
      const [rows, cpu, began] = [await rowsSoFar(), cpuSecondsOf(pid), performance.now()];
      const paced = rate === "most" ? {} : { spansPerSecond: rate };
      const options = { url: at.otlp, seconds: lasts, spansPerRequest: 100, connections: 10, varied: true };
      const sent = rate === 0 ? undefined : await load({ ...options, ...paced, patience: 60_000, record: false });
      if (sent === undefined) await wait(lasts * 1_000);
      return {
        seconds: (performance.now() - began) / 1_000,
        spans: sent?.acknowledgedSpans ?? 0,
        rows: (await rowsSoFar()) - rows,
        cpu: cpuSecondsOf(pid) - cpu,
      };
    };
    try {
      await write("most", warming);
      const runs = [];
      for (const rate of rates) runs.push(await write(rate, seconds));
      const rows = await rowsSoFar();
      await at.jaeger.stop();
      return { runs, bytesPerRow: (await storedBytes("cassandra", folder, where))! / rows };
    } finally {
      await at.end();
    }
  } finally {
    await stopEngine("cassandra", where, { abruptly: true });
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes that Jaeger has counted, of all its tables. */
const rowsIn = (metrics: string): number =>
  [...metrics.matchAll(/^jaeger_storage_latency_ok_seconds_count\{.*table="\w+".*\} (\S+)$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );

/** Rows a CPU-second of the busiest run, and of each further row: the slope of CPU over rows, by least squares. */
export function rowsPerCpuSecond(runs: readonly Written[]): { readonly busiest: number; readonly further: number } {
  const busy = runs.filter(({ rows }) => rows > 0).map(({ rows, cpu, seconds }) => [rows / seconds, cpu / seconds]);
  const mean = (of: (rows: number, cpu: number) => number): number =>
    busy.reduce((sum, [rows, cpu]) => sum + of(rows!, cpu!), 0) / busy.length;
  const [rows, cpu] = [mean((rows) => rows), mean((_, cpu) => cpu)];
  const [most] = [...busy].sort(([a], [b]) => b! - a!);
  return {
    busiest: most![0]! / most![1]!,
    further: mean((x) => (x - rows) ** 2) / mean((x, y) => (x - rows) * (y - cpu)),
  };
}
