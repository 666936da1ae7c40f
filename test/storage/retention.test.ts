import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Duration } from "../../components/core/units";
import { inMilliseconds } from "../../components/core/units";
import type { Workload } from "../../components/core/workload";
import { images } from "../../components/images";
import { badger } from "../../components/storage/backends/badger";
import { cassandra } from "../../components/storage/backends/cassandra";
import { opensearch } from "../../components/storage/backends/opensearch";
import { cleanerDays, rolloverOf } from "../../components/storage/jobs/indexed";
import type { TraceStorage } from "../../components/storage/storage";
import { binaries } from "../../toolchain/catalog";
import { startEngine, stopEngine } from "../../toolchain/engines/run";
import { jaegerProgram, jaegerVersions } from "../binaries/jaegers";
import { obtain } from "../binaries/obtain";
import { archiveOne } from "./archived";
import { fastClock, type FastClock } from "./fast-clock";
import { runToEnd } from "./jobs";
import { watch } from "./kept";
import { sit } from "./sitting";

const wanted = process.env["SIGHTLINE_EXAM"]?.split(",") ?? ["badger", "cassandra", "opensearch"];
/** Longest run of a job, in milliseconds: hours on a fast clock, so the last span of an index goes that much early. */
const run = 2_000;
/** What jobs are run by here, whatever is pinned. */
const programs = {
  rollover: { ...images.esRollover, version: binaries["jaeger-es-rollover"].version },
  cleaner: { ...images.esIndexCleaner, version: binaries["jaeger-es-index-cleaner"].version },
};
/** Longest time until a new span is found, in an index that may have just begun, in milliseconds. */
const visible = 6_000;
const hour = 3_600_000;
const day = 24 * hour;

describe("retention", () => {
  const folder = mkdtempSync(join(tmpdir(), "sightline-retention-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const version of jaegerVersions) {
    const name = `kept${version.replaceAll(".", "")}`;

    describe(`in Jaeger ${version}`, () => {
      let command: string;
      before(async function () {
        command = await jaegerProgram(version, this);
      });
      const sitting = async (storage: TraceStorage, word: string) =>
        sit(
          storage,
          { jaeger: command, version, collector: (await obtain("otelcol-contrib"))["otelcol-contrib"] },
          join(folder, `${name}-${word}`),
        );

      if (wanted.includes("badger")) {
        it("takes each trace out of badger when its time is over, and none before, but from its archive", async () => {
          await expires(
            await sitting(badger({ size: "1 GiB", retention: "12s", archiveRetention: "1h" }), "badger"),
            "12s",
          );
        });
      }

      if (wanted.includes("cassandra")) {
        describe("of cassandra", () => {
          const where = { folder: join(folder, "cassandra"), port: 8442 };
          before(() => startEngine("cassandra", where));
          after(() => stopEngine("cassandra", where, { abruptly: true }));

          it("takes each trace out when its time is over, and none before, but from its archive", async () => {
            const storage = cassandra({
              external: { servers: [`127.0.0.1:${where.port}`], datacenter: "datacenter1", tls: false },
              keyspace: name,
              replicationFactor: 1,
              retention: "15s",
              archiveRetention: "1h",
            });
            await expires(await sitting(storage, "cassandra"), "15s");
          });
        });
      }

      if (wanted.includes("opensearch")) {
        describe("of opensearch", () => {
          const where = { folder: join(folder, "opensearch"), port: 8441 };
          const engine = `http://127.0.0.1:${where.port}`;
          before(() => startEngine("opensearch", where));
          after(() => stopEngine("opensearch", where, { abruptly: true }));
          const indices = async (prefix: string): Promise<string[]> => {
            const answer = await fetch(`${engine}/_cat/indices/${prefix}-jaeger-span-*?format=json`);
            return ((await answer.json()) as readonly { index: string }[]).map(({ index }) => index).sort();
          };

          it("deletes indices behind aliases, which nobody searches by then", async () => {
            const clock = await fastClock(engine, 12);
            const prefix = `${name}-aliases`;
            const storage = opensearch({
              external: { urls: [clock.url] },
              prefix,
              retention: "72h",
              rotation: "aliases",
              replicas: 0,
              programs,
            });
            for (const step of storage.needs!.first!) await runToEnd(step);
            const at = await sitting(storage, "aliases");
            const { lookbackMinutes, days } = rolloverOf("72h");
            const lookback = clock.real(lookbackMinutes * 60_000);
            const jobs = repeated(storage.jobs!, clock);
            try {
              const { sent } = await watch(
                at,
                { visible, kept: clock.real(72 * hour) - run, gone: lookback + run, goes: "as a whole" },
                72_000,
              );
              const left = await indices(prefix);
              const made = Math.max(...left.map((index) => Number(index.slice(-6))));
              // One is begun in each 9 to 10 hours of 6 days; those of the last four days and a bit are left.
              assert.ok(made >= 10, `${made} were begun`);
              assert.ok(left.length <= Math.ceil((days * day + 3 * hour) / (9 * hour)) + 1, left.join(" "));
              assert.ok(!left.includes(`${prefix}-jaeger-span-000001`), left.join(" "));
              assert.ok(sent.length > 30, `${sent.length} traces`);
            } finally {
              await jobs.end();
              await at.end();
              await clock.end();
            }
          });

          it("leaves what is in the archive when its indices are deleted", async () => {
            const prefix = `${name}-archived`;
            const storage = opensearch({
              external: { urls: [engine] },
              prefix,
              retention: "72h",
              archiveRetention: "365d",
              replicas: 0,
              programs,
            });
            for (const step of storage.needs!.first!) await runToEnd(step);
            const at = await sitting(storage, "archived");
            try {
              const archived = await archiveOne(at);
              for (const job of storage.jobs!) await runToEnd(job);
              await wait(visible);
              assert.deepEqual((await indices(prefix)).length, 1);
              const old = await fetch(`${engine}/${prefix}-jaeger-span-*`, { method: "DELETE" });
              assert.equal(old.status, 200, await old.text());
              await archived.isAllThatIsLeft();
            } finally {
              await at.end();
            }
          });

          it("deletes indices of days", async () => {
            const secondsPerDay = 10;
            const clock = await fastClock(engine, secondsPerDay);
            const prefix = `${name}-days`;
            const storage = opensearch({
              external: { urls: [clock.url] },
              prefix,
              retention: "72h",
              replicas: 0,
              programs,
            });
            const at = await sitting(storage, "days");
            const jobs = repeated(storage.jobs!, clock);
            const first = Date.now() - 7 * day;
            try {
              const { searches, erred } = await watch(
                at,
                {
                  visible,
                  kept: clock.real(72 * hour) - run,
                  gone: clock.real(cleanerDays("72h", "day") * day + 6 * hour) + run,
                  goes: "as a whole",
                  mayErr: true,
                },
                7 * secondsPerDay * 1_000,
                (elapsed) => first + Math.floor(elapsed / (secondsPerDay * 1_000)) * day,
              );
              console.log(`      ${erred.length} of ${searches} searches erred, for traces ${erred.join(", ")} ms old`);
              // Of seven days and more no index is left that began over four days and a run ago.
              const left = await indices(prefix);
              const old = [0, 1].map((days) => new Date(first + days * day).toISOString().slice(0, 10));
              assert.deepEqual(
                left.filter((index) => old.some((date) => index.endsWith(date))),
                [],
              );
            } finally {
              await jobs.end();
              await at.end();
              await clock.end();
            }
          });
        });
      }
    });
  }
});

/** What a storage takes out by itself, span for span. */
async function expires(at: Awaited<ReturnType<typeof sit>>, retention: Duration): Promise<void> {
  const kept = inMilliseconds(retention);
  try {
    const archived = await archiveOne(at);
    // Stores count whole seconds.
    const { sent } = await watch(
      at,
      { visible: 1_500, kept: kept - 1_500, gone: kept + 3_000, goes: "span by span" },
      2.5 * kept,
    );
    assert.ok(sent.length > 30, `${sent.length} traces`);
    await archived.isAllThatIsLeft();
  } finally {
    await at.end();
  }
}

/** Jobs as a platform repeats them, on a fast clock. */
function repeated(jobs: readonly Workload[], clock: FastClock): { end(): Promise<void> } {
  const over = new AbortController();
  const all = jobs.map(async (job) => {
    while (!over.signal.aborted) {
      const due = Date.now() + clock.real(inMilliseconds(job.repeat!));
      await runToEnd(job);
      await wait(Math.max(0, due - Date.now()));
    }
  });
  const ended = Promise.all(all);
  ended.catch(() => over.abort());
  return {
    end: async () => {
      over.abort();
      await ended;
    },
  };
}
