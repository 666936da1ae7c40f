import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Version } from "../../components/core/version";
import { startEngine, stopEngine } from "../../toolchain/engines/run";
import { truncatedAttribute } from "../../components/jaeger/fit";
import { jaegerProgram, jaegerVersions } from "../binaries/jaegers";
import { obtain } from "../binaries/obtain";
import { compareWithJaeger } from "../support/jaeger-count";
import { load, type LoadResult } from "../support/load";
import { candidates, onKafka, type Candidate } from "./candidates";
import { link, numbers, post, probe, send, unicode, type Probe } from "./probe";
import {
  always,
  another,
  ask,
  askWithoutService,
  dependencies,
  longAttribute,
  questions,
  type Given,
} from "./questions";
import { edges, findEach } from "./many";
import { sendOdd } from "./odd";
import { sitStacked, type Stacked } from "./stacked";
import { storedTrace, type StoredSpan } from "./stored";

/** Traces that are sent, and of each of which every span is read back. */
const tracesOf = (candidate: Candidate) => Number(process.env["SIGHTLINE_EXAM_TRACES"] ?? candidate.traces ?? 10_000);
/** Traces of these, spread over all of them, that are looked for by everything else. */
const sampled = 10;
/** Backends that sit: all, or those named. */
const wanted = process.env["SIGHTLINE_EXAM"]?.split(",") ?? ["memory", "badger", "cassandra", "opensearch"];

/** Longest time until what waited for a store has come, in milliseconds: it is tried every half a minute at the latest. */
const recovery = 120_000;

/** The same where Jaeger has acknowledged what it only tries again in memory: what is lost never comes. */
const retried = 45_000;

/** Longest time until a store shows what it has: OpenSearch does so once a second. */
const visible = 15_000;

/** Asks until the answer is the expected one or time is up. */
async function eventually(expected: Given["answer"], question: () => Promise<Given>): Promise<Given> {
  for (const deadline = Date.now() + visible; ; await wait(300)) {
    const given = await question();
    if (given.answer === expected || Date.now() > deadline) return given;
  }
}

for (const [name, candidate] of Object.entries(candidates)) {
  if (!wanted.includes(name)) continue;
  describe(name, () => {
    const folder = mkdtempSync(join(tmpdir(), "sightline-exam-"));
    const where = { folder: join(folder, "engine"), port: candidate.engine?.port ?? 0 };

    const brokers = { folder: join(folder, "kafka"), port: candidate.buffer ?? 0 };
    const report = (line: string): void => console.log(`      ${line}`);

    before(async () => {
      if (candidate.engine) await startEngine(candidate.engine.name, where, { report });
      if (candidate.buffer) await startEngine("kafka", brokers, { report });
    });
    after(async () => {
      if (candidate.buffer) await stopEngine("kafka", brokers, { abruptly: true });
      if (candidate.engine) await stopEngine(candidate.engine.name, where, { abruptly: true });
      rmSync(folder, { recursive: true, force: true });
    });

    for (const version of jaegerVersions) exam(candidate, version, folder, where);
  });
}

function exam(
  candidate: Candidate,
  version: Version,
  parent: string,
  where: { readonly folder: string; readonly port: number },
): void {
  const word = `exam${version.replaceAll(".", "")}`;
  const storage = candidate.storage(word);
  const search = storage.search && { ...storage.search, ...candidate.exceptions?.[version] };
  const { limits } = storage;
  const traces = tracesOf(candidate);
  const { keeps, engine } = candidate;

  describe(`in Jaeger ${version}`, () => {
    let at: Stacked;
    let sent: Probe;

    before(async function () {
      const command = await jaegerProgram(version, this);
      const { "otelcol-contrib": collector, prometheus } = await obtain("otelcol-contrib", "prometheus");
      const buffer = candidate.buffer === undefined ? undefined : onKafka(candidate.buffer, word);
      at = await sitStacked(storage, { jaeger: command, version, collector, prometheus }, join(parent, word), buffer);
      const made = probe("x".repeat(search?.longestValue ?? 300));
      sent = made.probe;
      await send(at.otlp, made.body);
    });
    after(() => at?.end());

    it(`keeps each span of ${traces} traces, and finds them by all it can search`, async () => {
      const began = Date.now();
      const { acknowledged, ...result } = await load({
        url: at.otlp,
        seconds: 1,
        spansPerSecond: 5 * traces,
        failed: true,
      });
      assert.equal(result.acknowledgedSpans, 5 * traces);
      const sentAfter = Date.now() - began;
      const { foundSpans } = await compareWithJaeger(at.query, acknowledged, 120_000);
      assert.equal(foundSpans, 5 * traces);
      const seconds = (milliseconds: number) => (milliseconds / 1_000).toFixed(1);
      console.log(`      taken after ${seconds(sentAfter)} s, all read back after ${seconds(Date.now() - began)} s`);
      const every = Math.floor(traces / sampled);
      const sample = [...acknowledged.keys()].filter((_, n) => n % every === 0);
      assert.deepEqual(await findEach(at.query, sample, search!, traces + 1), []);
    });

    it("has each call between services in the metrics of its Collector", async () => {
      const calls = { "load-shop>load-orders": traces, "load-orders>load-payments": traces };
      assert.deepEqual(await edges(at.prometheus, calls), calls);
    });

    it("gives a trace back whole by its id: any script, numbers, events, links and status", async () => {
      const [shop, stock] = await wholeTrace(at.query, sent.traceId, 2);
      assert.equal(stock!.parentSpanId, sent.spanIds[0]);
      assert.equal(shop!.name, sent.operation);
      const { attributes } = shop!;
      assert.equal(attributes[unicode.key], unicode.value);
      assert.deepEqual(
        [attributes["exam.int"], attributes["exam.double"], attributes["exam.bool"]],
        [numbers.int, numbers.double, numbers.bool],
      );
      assert.deepEqual(
        shop!.events.map(({ name, attributes }) => [name, attributes["exam.event"]]),
        [["retry", `event-${sent.needle}`]],
      );
      assert.deepEqual(
        shop!.links.map(({ traceId, spanId }) => ({ traceId, spanId })),
        [link],
      );
      assert.deepEqual([shop!.status.code, shop!.status.message], [2, "no such item"]);
    });

    for (const [question, asked] of Object.entries(always)) {
      it(`finds it by ${question}`, async () => {
        assert.equal((await eventually("found", () => ask(at.query, sent, asked(sent)))).answer, "found");
      });
    }

    for (const [question, asked] of Object.entries(questions) as [
      keyof typeof questions,
      (p: Probe) => ReturnType<typeof another>,
    ][]) {
      it(`answers ${question}: ${search?.[question]}`, async () => {
        const { answer, said } = await eventually(search![question], () => ask(at.query, sent, asked(sent)));
        assert.equal(answer, search![question], said);
      });
    }

    it(`answers withoutService: ${search?.withoutService}`, async () => {
      const { answer, said } = await eventually(search!.withoutService, () => askWithoutService(at.query, sent));
      assert.equal(answer, search!.withoutService, said);
    });

    it("finds nothing that is not there", async () => {
      assert.equal((await ask(at.query, sent, another(sent))).answer, "nothing");
    });

    it(`finds by values of up to ${search?.longestValue ?? "any"} characters, and keeps longer ones whole`, async () => {
      assert.equal((await ask(at.query, sent, longAttribute(sent))).answer, "found");
      if (search?.longestValue === undefined) return;
      const longer = probe("x".repeat(search.longestValue + 1));
      await send(at.otlp, longer.body);
      assert.equal(
        (await eventually("found", () => ask(at.query, longer.probe, always.operation(longer.probe)))).answer,
        "found",
      );
      assert.equal((await ask(at.query, longer.probe, longAttribute(longer.probe))).answer, "nothing");
      const [shop] = await wholeTrace(at.query, longer.probe.traceId, 2);
      assert.equal(shop!.attributes["exam.long"], longer.probe.longText);
    });

    it(`keeps 64 KB of text ${limits?.textBytes ? "cut down and marked, which it would else refuse for ever" : "whole"}`, async () => {
      const big = probe("y".repeat(65_536));
      await send(at.otlp, big.body);
      const [shop] = await wholeTrace(at.query, big.probe.traceId, 2);
      const text = big.probe.longText.slice(0, limits?.textBytes);
      assert.equal(shop!.attributes["exam.long"], text);
      assert.equal(shop!.attributes[truncatedAttribute], limits?.textBytes ? true : undefined);
      if (limits?.textBytes) assert.equal(await post(at.direct, probe("z".repeat(65_536)).body), 503);
    });

    it("takes a span whose name has 70,000 characters", async () => {
      const named = probe("short");
      const [{ scopeSpans }] = named.body.resourceSpans as [{ scopeSpans: [{ spans: [{ name: string }] }] }];
      scopeSpans[0].spans[0].name = "n".repeat(70_000);
      await send(at.otlp, named.body);
      const [shop] = await wholeTrace(at.query, named.probe.traceId, 2);
      assert.equal(shop!.name, "n".repeat(limits?.nameBytes ?? limits?.textBytes ?? 70_000));
    });

    it("takes a span of every odd kind, cut and counted where the store would refuse it, and none breaks a search", async () => {
      const { refused, missing } = await sendOdd(at.otlp, at.query, 60_000);
      // The one that is larger than a request may be, of which its sender is told.
      assert.deepEqual([refused, missing], [["a text of 15 MB: 400"], []]);
      const [end, hour] = [Date.now() * 1_000, 3_600_000_000];
      const query = { service: "exam-poison", start: String(end - hour), end: String(end), limit: "100" };
      const answer = await fetch(`${at.query}/api/traces?${new URLSearchParams(query).toString()}`);
      assert.equal(answer.status, 200, await answer.text());
    });

    it(`knows who calls whom: ${search?.dependencies}`, async () => {
      const expected = search?.dependencies === "from traces" ? ["exam-shop>exam-stock"] : [];
      const edges = (await dependencies(at.query, sent)).filter((edge) => edge.startsWith("exam"));
      assert.deepEqual(edges, expected);
    });

    it(`keeps ${keeps} when Jaeger is killed while spans come`, async () => {
      const { acknowledged } = await loadWhile(at.otlp, candidate, async () => {
        await at.jaeger.stop(true);
        await at.jaeger.start();
      });
      if (keeps === "nothing") assert.deepEqual(await storedTrace(at.query, sent.traceId), []);
      else await judge("Jaeger", acknowledged);
    });

    if (engine) {
      it(`keeps ${keeps} when ${engine.name} is killed while spans come`, async () => {
        const { acknowledged } = await loadWhile(at.otlp, candidate, async () => {
          await stopEngine(engine.name, where, { abruptly: true });
          await startEngine(engine.name, where);
        });
        await judge(engine.name, acknowledged);
      });
    }

    /** All that was acknowledged is there; where it was acknowledged too early, says how much is not. */
    async function judge(killed: string, acknowledged: LoadResult["acknowledged"]): Promise<void> {
      const within = keeps === "everything" ? recovery : retried;
      const { acknowledgedSpans, foundSpans } = await compareWithJaeger(at.query, acknowledged, within);
      const lost = acknowledgedSpans - foundSpans;
      if (keeps === "everything") return assert.equal(lost, 0);
      console.log(`      ${lost} of ${acknowledgedSpans} acknowledged spans lost when ${killed} was killed`);
      assert.ok(foundSpans > 0);
    }
  });
}

/** Sends spans, and goes on until what happens meanwhile is over. */
async function loadWhile(url: string, { spansPerSecond }: Candidate, work: () => Promise<void>): Promise<LoadResult> {
  const seconds = 8;
  const sending = load({ url, seconds, spansPerSecond });
  await wait(2_000);
  await work();
  const result = await sending;
  assert.equal(result.acknowledgedSpans, seconds * spansPerSecond, "some were refused for good");
  return result;
}

async function wholeTrace(query: string, traceId: string, spans: number): Promise<StoredSpan[]> {
  for (const deadline = Date.now() + visible; ; await wait(300)) {
    const found = await storedTrace(query, traceId);
    if (found.length >= spans || Date.now() > deadline) {
      assert.equal(found.length, spans);
      return found;
    }
  }
}
