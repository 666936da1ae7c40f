import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { kafka, otlp } from "../../components/collector/parts";
import { otelCollector } from "../../components/collector/workload";
import { external } from "../../components/core/platform";
import { bufferUnreadable } from "../../components/prometheus/metrics";
import { badger } from "../../components/storage/backends/badger";
import { binaries } from "../../toolchain/catalog";
import { startEngine, stopEngine } from "../../toolchain/engines/run";
import { obtain } from "../binaries/obtain";
import { compareWithJaeger } from "../support/jaeger-count";
import { load } from "../support/load";
import { onKafka } from "./candidates";
import { local } from "./local";
import { sitStacked, type Stacked } from "./stacked";

const spansPerSecond = 200;
const arrival = 60_000;

describe("traces that wait in Kafka", () => {
  const folder = mkdtempSync(join(tmpdir(), "sightline-buffer-"));
  const where = { folder: join(folder, "kafka"), port: 8461 };
  let at: Stacked;

  before(async () => {
    await startEngine("kafka", where);
    const {
      jaeger,
      "otelcol-contrib": collector,
      prometheus,
    } = await obtain("jaeger", "otelcol-contrib", "prometheus");
    const { version } = binaries.jaeger;
    const storage = badger({ size: "1 GiB" });
    at = await sitStacked(storage, { jaeger, version, collector, prometheus }, folder, onKafka(where.port, "spans"));
  });
  after(async () => {
    await at.end();
    await stopEngine("kafka", where, { abruptly: true });
    rmSync(folder, { recursive: true, force: true });
  });

  /** Sends spans while something happens; all that was acknowledged is to be in Jaeger. */
  async function losesNothing(seconds: number, work: () => Promise<void>): Promise<void> {
    const sending = load({ url: at.otlp, seconds, spansPerSecond });
    await wait(2_000);
    await work();
    const { acknowledgedSpans, acknowledged } = await sending;
    assert.equal(acknowledgedSpans, seconds * spansPerSecond, "some were refused for good");
    const { foundSpans, missing } = await compareWithJaeger(at.query, acknowledged, arrival);
    assert.deepEqual(missing, []);
    assert.equal(foundSpans, acknowledgedSpans);
  }

  it("are all there", () => losesNothing(4, () => Promise.resolve()));

  it("are taken while Jaeger is away, also those that came before it had ever read", async () => {
    await losesNothing(8, async () => {
      await at.jaeger.stop();
      await wait(5_000);
      await at.jaeger.start();
    });
  });

  it("count as read once they are stored: killed in the middle, Jaeger reads them again", () =>
    losesNothing(8, async () => {
      await at.jaeger.stop(true);
      await at.jaeger.start();
    }));

  it("outlive Kafka, for which senders wait", () =>
    losesNothing(8, async () => {
      await stopEngine("kafka", where, { abruptly: true });
      await wait(2_000);
      await startEngine("kafka", where);
    }));

  it("count a message that cannot be read", async () => {
    const { "otelcol-contrib": binary } = await obtain("otelcol-contrib");
    const client = { brokers: [external(`127.0.0.1:${where.port}`)] as const };
    const foreign = otelCollector("foreign", {
      pipelines: {
        traces: {
          receivers: [otlp()],
          exporters: [kafka({ name: "foreign", ...client, topics: { traces: "spans" }, encoding: "otlp_json" })],
        },
      },
    });
    const sending = await local(binary, foreign, join(folder, "foreign"));
    await sending.start();
    try {
      await load({ url: sending.url(4318), seconds: 1, spansPerSecond: 5 });
      const unread = async () => {
        const metrics = await (await fetch(`${at.jaeger.url(8888)}/metrics`)).text();
        return metrics.split("\n").filter((line) => line.startsWith(`${bufferUnreadable}{`)).length;
      };
      for (const deadline = Date.now() + arrival; (await unread()) === 0; await wait(500)) {
        assert.ok(Date.now() < deadline, "no such message was counted");
      }
    } finally {
      await sending.stop();
    }
  });
});
