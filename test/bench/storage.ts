import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { execa } from "execa";
import { onDisk } from "../../components/capacity/backends";
import { images } from "../../components/images";
import { startEngine, stopEngine } from "../../toolchain/engines/run";
import { obtainBinary } from "../../toolchain/build";
import { spansInJaeger } from "../../cli/verify/jaeger";
import { candidates, type Candidate } from "../storage/candidates";
import { sit } from "../storage/sitting";
import { load } from "../support/load";
import { attributesOf, requestsOf } from "../support/load-request";

export interface Stored {
  readonly backend: string;
  readonly spansPerSecond: number;
  /** Against memory storage in the same run. */
  readonly ratio: number;
  /** Bytes on disk of one span, one copy; nothing where there is no disk. */
  readonly bytesPerSpan?: number;
  /** What the capacity planner says for spans of this size. */
  readonly planned?: number;
  readonly spans: number;
}

const seconds = 30;
const spansPerRequest = 100;
/** What is the same in every span takes no disk. */
const varied = true;
/** Requests under way at once: a queue of a Collector has as many consumers. */
const connections = 10;
/** Those with nothing before them. */
const alone = Object.entries(candidates).flatMap(([name, { buffer }]) => (buffer === undefined ? [name] : []));
/** Longest time until the last span is found, in milliseconds. */
const patience = 120_000;

/** A Jaeger to measure with: the pinned one where the machine has it, else what the toolchain builds. */
export async function jaegerHere() {
  const given = process.env["SIGHTLINE_JAEGER"];
  if (given) return { jaeger: given, version: images.jaeger.version };
  return { jaeger: (await obtainBinary("jaeger")).path, version: "2.13.0" as const };
}

/**
 * Sends spans through a Collector without a queue into each storage as fast as it takes them, until the last of them is
 * found by its id, and looks at what the disk then holds.
 */
export async function storageRuns(names: readonly string[] = alone): Promise<Stored[]> {
  const bytes = requestsOf(spansPerRequest, { varied })().body.length / spansPerRequest;
  const measured = [];
  for (const name of names) measured.push(await run(name, candidates[name]!));
  const memory = measured.find(({ backend }) => backend === "memory")?.spansPerSecond ?? NaN;
  return measured.map((result) => {
    const planned = onDisk[result.backend as keyof typeof onDisk];
    return {
      ...result,
      ratio: result.spansPerSecond / memory,
      ...(planned && {
        planned: planned.bytes({ bytesPerSpan: bytes, attributesPerSpan: attributesOf(spansPerRequest, { varied }) }),
      }),
    };
  });
}

async function run(backend: string, { engine, storage }: Candidate): Promise<Omit<Stored, "ratio">> {
  const folder = mkdtempSync(join(tmpdir(), "sightline-bench-storage-"));
  const where = { folder: join(folder, "engine"), port: engine?.port ?? 0 };
  const collector = (await obtainBinary("otelcol-contrib")).path;
  try {
    if (engine) await startEngine(engine.name, where);
    const at = await sit(storage("bench"), { ...(await jaegerHere()), collector }, join(folder, "bench"));
    try {
      const began = performance.now();
      const { acknowledged, acknowledgedSpans } = await load({
        url: at.otlp,
        seconds,
        spansPerRequest,
        connections,
        varied,
        patience: 60_000,
      });
      const last = [...acknowledged].at(-1)!;
      for (const deadline = Date.now() + patience; Date.now() < deadline; await wait(100)) {
        if ((await spansInJaeger({ url: at.query }, last[0])).length === last[1].length) break;
      }
      const took = (performance.now() - began) / 1_000;
      await at.jaeger.stop();
      const size = await storedBytes(backend, folder, where);
      return {
        backend,
        spans: acknowledgedSpans,
        spansPerSecond: acknowledgedSpans / took,
        ...(size !== undefined && { bytesPerSpan: size / acknowledgedSpans }),
      };
    } finally {
      await at.end();
    }
  } finally {
    if (engine) await stopEngine(engine.name, where, { abruptly: true });
    rmSync(folder, { recursive: true, force: true });
  }
}

type Where = { readonly folder: string; readonly port: number };

/** Bytes that a storage takes once it has written all: Badger when it has ended, the others flushed. */
export async function storedBytes(backend: string, folder: string, where: Where): Promise<number | undefined> {
  if (backend === "badger") return diskOf(join(folder, "bench", "jaeger", "badger"));
  if (backend === "cassandra") {
    await stopEngine("cassandra", where);
    const { stdout } = await execa("find", [where.folder, "-type", "d", "-path", "*/data/bench"]);
    return diskOf(stdout.split("\n")[0]!);
  }
  if (backend === "memory") return undefined;
  const indices = `http://127.0.0.1:${where.port}/bench-jaeger-*`;
  await fetch(`${indices}/_flush`, { method: "POST" });
  // Files that were merged stand beside the new ones until nobody reads them.
  for (let before = NaN; ; await wait(3_000)) {
    const answer = await fetch(`${indices}/_stats/store`);
    const { _all } = (await answer.json()) as { _all: { primaries: { store: { size_in_bytes: number } } } };
    const size = _all.primaries.store.size_in_bytes;
    if (size === before) return size;
    before = size;
  }
}

async function diskOf(folder: string): Promise<number> {
  const { stdout } = await execa("du", ["-s", "--block-size=1", folder]);
  return Number(stdout.split("\t")[0]);
}

if (require.main === module) {
  storageRuns(process.argv.slice(2).length > 0 ? process.argv.slice(2) : undefined).then(
    (runs) => console.table(runs),
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}
