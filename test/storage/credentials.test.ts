import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { atLeast } from "../../components/core/version";
import { jaegerBulkFailed, jaegerDocumentsRefused } from "../../components/prometheus/metrics";
import { cassandra } from "../../components/storage/backends/cassandra";
import { opensearch } from "../../components/storage/backends/opensearch";
import type { TraceStorage } from "../../components/storage/storage";
import { startEngine, stopEngine, type Where } from "../../toolchain/engines/run";
import { jaegerProgram, jaegerVersions } from "../binaries/jaegers";
import { obtain } from "../binaries/obtain";
import { compareWithJaeger } from "../support/jaeger-count";
import { load } from "../support/load";
import { until } from "../support/until";
import { openGate, type Gate } from "./gate";
import { sitStacked, type Stacked } from "./stacked";

const [right, wrong] = ["the-right-one", "the-wrong-one"];
const [seconds, spansPerSecond] = [2, 100];
const arrival = 60_000;
/** Jaeger's own metrics. */
const metrics = 8888;

for (const version of jaegerVersions) {
  /** Whether it drops a request that OpenSearch refuses as a whole; older ones hold it in memory, and send it again. */
  const drops = atLeast(version, "2.20.0");
  const word = `pass${version.replaceAll(".", "")}`;

  describe(`a password that the store does not take, in Jaeger ${version}`, () => {
    const folder = mkdtempSync(join(tmpdir(), "sightline-credentials-"));
    let program: string;
    let at: Stacked | undefined;

    before(async function () {
      program = await jaegerProgram(version, this);
    });
    afterEach(async () => {
      await at?.end();
      at = undefined;
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    async function stacked(storage: TraceStorage): Promise<Stacked> {
      const { "otelcol-contrib": collector, prometheus } = await obtain("otelcol-contrib", "prometheus");
      const binaries = { jaeger: program, version, collector, prometheus };
      return (at = await sitStacked(storage, binaries, mkdtempSync(join(folder, "stack-"))));
    }

    /** What came before is there; Jaeger ends with a wrong password; what comes then waits, and is there when it is mended. */
    async function mended(storage: TraceStorage, variable: string, said: RegExp): Promise<void> {
      const { jaeger, query, otlp } = await stacked(storage);
      const early = await load({ url: otlp, seconds, spansPerSecond });
      assert.deepEqual((await compareWithJaeger(query, early.acknowledged, arrival)).missing, []);
      await jaeger.stop();
      await assert.rejects(jaeger.start({ [variable]: wrong }), said);
      const late = await load({ url: otlp, seconds, spansPerSecond });
      assert.equal(late.acknowledgedSpans, seconds * spansPerSecond);
      await jaeger.start();
      const both = new Map([...early.acknowledged, ...late.acknowledged]);
      assert.deepEqual((await compareWithJaeger(query, both, arrival)).missing, []);
    }

    describe("of opensearch", () => {
      const where: Where = { folder: join(folder, "opensearch"), port: 8471 };
      let gate: Gate;
      const storage = () =>
        opensearch({
          external: { urls: [gate.url as `http://${string}`], user: "jaeger", password: { secret: right } },
          prefix: word,
          replicas: 0,
        });

      before(async () => {
        await startEngine("opensearch", where);
        gate = await openGate(where.port!, "jaeger", right);
      });
      after(async () => {
        await gate?.close();
        await stopEngine("opensearch", where, { abruptly: true });
      });

      it("keeps Jaeger from starting, which says why, and loses nothing", () =>
        mended(storage(), "OPENSEARCH_PASSWORD", /401/));

      it("is counted by a Jaeger that runs, which has acknowledged what is refused", async () => {
        const { jaeger, query, otlp } = await stacked(storage());
        assert.equal(await refused(jaeger.url(metrics)), 0);
        gate.change(wrong);
        const { acknowledged, acknowledgedSpans } = await load({ url: otlp, seconds, spansPerSecond });
        assert.equal(acknowledgedSpans, seconds * spansPerSecond);
        for (const deadline = Date.now() + arrival; (await refused(jaeger.url(metrics))) === 0; await wait(500)) {
          assert.ok(Date.now() < deadline, "no refusal was counted");
        }
        gate.change(right);
        const { missing } = await compareWithJaeger(query, acknowledged, drops ? 5_000 : arrival);
        console.log(`      ${missing.length} of ${acknowledgedSpans} acknowledged spans lost`);
        assert.equal(missing.length > 0, drops);
      });
    });

    describe("of cassandra", () => {
      const where: Where = { folder: join(folder, "cassandra"), port: 8472, authenticated: true };
      before(async () => {
        const { log } = await startEngine("cassandra", where);
        await until("Cassandra has made its first user", () =>
          readFileSync(log, "utf8").includes("Created default superuser"),
        );
      });
      after(() => stopEngine("cassandra", where, { abruptly: true }));

      it("keeps Jaeger from starting, which says why, and loses nothing", () =>
        mended(
          cassandra({
            external: {
              servers: [`127.0.0.1:${where.port}`],
              datacenter: "datacenter1",
              tls: false,
              user: "cassandra",
              password: { secret: "cassandra" },
            },
            keyspace: word,
            replicationFactor: 1,
          }),
          "CASSANDRA_PASSWORD",
          /password/,
        ));
    });
  });
}

/** What the alert SpansNotStored is about. */
async function refused(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const samples = text.split("\n").filter((line) => /^\w+/.test(line));
  return samples
    .filter((line) => [jaegerDocumentsRefused, jaegerBulkFailed].some((name) => line.startsWith(`${name}{`)))
    .reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
}
