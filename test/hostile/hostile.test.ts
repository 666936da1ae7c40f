import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { load, type LoadResult } from "../support/load";
import { field, otlpRequest } from "../support/otlp-request";
import { otlpSink, type Sink } from "../support/otlp-sink";
import { limitedCollector } from "../binaries/limited-collector";
import { temporaryFolder } from "../binaries/folder";
import { obtain } from "../binaries/obtain";
import * as bodies from "./bodies";
import { guardedCollector, type GuardedCollector } from "./guarded-collector";
import { call, framed, halfSent, http2, post, type Post, type SignalName, type Told } from "./requests";

/** What one hostile sender does, and what it has to be told. */
interface Attack {
  readonly name: string;
  readonly send: (to: GuardedCollector) => Promise<Told>;
  readonly status: Told["status"] | readonly Told["status"][];
  readonly text?: RegExp;
  /** How it is counted. @default - it is not the guard that refuses it */
  readonly reason?: string;
}

/** Senders are addresses of this machine. */
const [good, hostile] = ["127.0.0.2", "127.0.0.3"];

const overHttp = (what: Post) => (to: GuardedCollector) => post(to.url, hostile, what);
const zipped = (encoding: string, body: Buffer) => overHttp({ headers: { "content-encoding": encoding }, body });
const ofSignal = (signal: string, body: Buffer) => overHttp({ path: `/v1/${signal}`, body });
const overGrpc =
  (signal: string, body: Buffer, headers = {}) =>
  async (to: GuardedCollector) => {
    const session = await http2(to.grpc, hostile);
    const told = await call(session, signal, body, headers);
    session.destroy();
    return told;
  };

const swells = /(resources in one request|attributes of one thing|memory that decoding takes): \d+, and \d+ at most/;
const table = <T extends readonly [string, Buffer]>(all: Readonly<Record<string, T>>) => Object.entries(all);

const attacks: readonly Attack[] = [
  ...table(bodies.swelling).map(([name, [signal, body]]) => ({
    name,
    send: ofSignal(signal, body),
    status: [400, 413],
    text: swells,
  })),
  ...table(bodies.nesting).map(([name, [signal, body]]) => ({
    name,
    send: ofSignal(signal, body),
    status: 400,
    text: /levels of lists and maps inside each other: 33, and 32 at most|a group/,
  })),
  ...table(bodies.bombs).map(([name, [encoding, body]]) => ({
    name,
    send: zipped(encoding, body),
    status: [400, 413],
    text: /8388608 at most|cannot be read/,
  })),
  {
    name: "a name of a million bytes",
    send: ofSignal("traces", bodies.longName),
    status: 400,
    text: /name: 1000000, and 1024/,
  },
  { name: "a body of 64 MiB", send: ofSignal("traces", Buffer.alloc(64 << 20)), status: [413, "ended"] },
  { name: "compressed by what nobody knows", send: zipped("br", Buffer.of(0)), status: 415, text: /gzip, zstd/ },
  { name: "compressed twice", send: zipped("gzip, gzip", Buffer.of(0)), status: 415 },
  {
    name: "not what it says",
    send: zipped("gzip", Buffer.from("hello")),
    status: 400,
    text: /cannot be read|ends before/,
  },
  { name: "text", send: overHttp({ headers: { "content-type": "text/plain" } }), status: 415 },
  { name: "another method", send: overHttp({ method: "PUT" }), status: 405 },
  { name: "another path", send: overHttp({ path: "/debug/pprof/heap" }), status: 404 },
  {
    name: "a field cut off",
    send: ofSignal("logs", Buffer.of(10, 255, 255, 255, 127)),
    status: 400,
    text: /malformed/,
  },
  { name: "headers of 5 MB", send: overHttp({ headers: { "x-a": "a".repeat(5_000_000) } }), status: [431, "ended"] },
  ...(
    [
      ["JSON, a million lists", bodies.deepJson, /levels/],
      ["JSON, empty resources", bodies.emptyJson, /resources in one request/],
      ["JSON, empty spans", bodies.manySpansJson, /memory that decoding takes/],
      ["JSON that is none", Buffer.from("{{"), /malformed/],
    ] as const
  ).map(([name, body, text]) => ({
    name,
    send: overHttp({ headers: { "content-type": "application/json" }, body }),
    status: [400, 413],
    text,
  })),
  ...table(bodies.swelling)
    .slice(0, 4)
    .map(([name, [signal, body]]) => ({
      name: `gRPC, ${name}`,
      send: overGrpc(signal, framed(body)),
      status: 3,
      text: swells,
    })),
  {
    name: "gRPC, gzip of 2 GiB",
    send: overGrpc("traces", framed(bodies.bombs["gzip, 2 GiB"][1], { compressed: true }), { "grpc-encoding": "gzip" }),
    status: 3,
    text: /8388608 at most/,
  },
  {
    name: "gRPC, a message of 4 GiB announced",
    send: overGrpc("traces", framed(Buffer.alloc(10), { length: 0xffff_ffff })),
    status: 3,
    text: /4294967295 bytes is announced/,
  },
  {
    name: "gRPC, compressed and not how",
    send: overGrpc("traces", framed(Buffer.alloc(10), { compressed: true })),
    status: 3,
  },
  { name: "gRPC, another method", send: overGrpc("/grpc.health.v1.Health/Check", framed(Buffer.alloc(0))), status: 12 },
  {
    name: "gRPC, 60,000 lists",
    send: overGrpc("traces", framed(bodies.nesting["60,000 lists"][1])),
    status: 3,
    text: /levels/,
  },
];

describe("hostile senders, against a guard and the Collector of a dev stack", () => {
  const folder = temporaryFolder();
  let jaeger: Sink;
  let stand: GuardedCollector;
  let others: Promise<LoadResult>;

  before("what is not built yet is built", async function () {
    this.timeout(0);
    const binaries = await obtain("otelcol-contrib", "sightline-guard");
    jaeger = await otlpSink();
    const port = Number(new URL(jaeger.url).port);
    stand = await guardedCollector(binaries, folder, { jaeger: port, prometheus: port });
    others = load({ url: stand.url, from: good, seconds: 45, spansPerSecond: 200 });
  });
  after(() => Promise.all([stand.stop(), jaeger.close()]));

  for (const { name, send, status, text } of attacks) {
    it(`${name}: is refused, and told why`, async () => {
      const told = await send(stand);
      assert.ok([status].flat().includes(told.status), `${told.status} ${told.text}`);
      if (text) assert.match(told.text, text);
    });
  }

  it("1,000 half-sent requests: one sender has half of all connections, and others are served", async () => {
    const open = await halfSent(stand.url, hostile, 1_000);
    assert.equal((await post(stand.url, good, { body: otlpRequest("beside", []) })).status, 200);
    open.forEach((socket) => socket.destroy());
    assert.ok((await stand.value("sightline_guard_refused_requests_total", 'reason="connections"')) > 400);
  });

  it("80,000 services in one go: those beyond its share are sent back, and no other sender's", async () => {
    const each = 500;
    const told = new Map<Told["status"], number>();
    for (let from = 0; from < 80_000; from += each) {
      const { status } = await post(stand.url, hostile, { body: bodies.newServices(from, each) });
      told.set(status, (told.get(status) ?? 0) + 1);
    }
    assert.deepEqual(
      told,
      new Map([
        [200, 1],
        [429, 159],
      ]),
    );
    assert.equal((await post(stand.url, good, { body: bodies.newServices(90_000, 1) })).status, 200);
  });

  it("100 large requests at once: one sender has half of the memory, and others are served", async () => {
    const span = (n: number) => ({ name: `${n}`, traceId: Buffer.alloc(16, 1), spanId: Buffer.alloc(8, 1) });
    const large = otlpRequest("unheard-0", [{ ...span(0), more: [field(5, Buffer.alloc(6_000_000, "x"))] }]);
    const told = await Promise.all(Array.from({ length: 100 }, () => post(stand.url, hostile, { body: large })));
    const counts = { 200: 0, 429: 0 } as Record<string, number>;
    for (const { status } of told) counts[status] = (counts[status] ?? 0) + 1;
    console.log(`      ${JSON.stringify(counts)}`);
    assert.ok(counts[200]! > 0);
  });

  it("as much as is taken, from eight senders at once: the Collector stays within its memory", async () => {
    const senders = Array.from({ length: 8 }, (_, i) => `127.0.0.${10 + i}`);
    const counts = new Map<Told["status"], number>();
    await Promise.all(
      senders.map(async (from) => {
        for (let i = 0; i < 4; i++) {
          const { status } = await post(stand.url, from, { body: bodies.nearlyTooMuch });
          counts.set(status, (counts.get(status) ?? 0) + 1);
        }
      }),
    );
    console.log(`      ${JSON.stringify(Object.fromEntries(counts))}`);
    assert.ok((counts.get(200) ?? 0) > 0);
    assert.equal(counts.get("ended") ?? 0, 0);
  });

  it("10,000 calls of gRPC that are taken back at once: others are served", async () => {
    const session = await http2(stand.grpc, hostile);
    for (let i = 0; i < 10_000 && !session.destroyed; i++) {
      const stream = session.request({ ":method": "POST", ":path": "/", "content-type": "application/grpc" });
      stream.on("error", () => undefined);
      stream.close(8);
    }
    session.destroy();
    const told = await overGrpc("traces" satisfies SignalName, framed(otlpRequest("beside", [])))(stand);
    assert.equal(told.status, 0);
  });

  it("counts what was refused, by reason and sender", async () => {
    const refused = (...labels: string[]) => stand.value("sightline_guard_refused_requests_total", ...labels);
    for (const reason of [
      "resources",
      "attributes",
      "decoded",
      "depth",
      "key",
      "bytes",
      "encoding",
      "unreadable",
      "type",
      "method",
      "path",
      "malformed",
      "cut-off",
      "services",
    ])
      assert.ok((await refused(`reason="${reason}"`)) > 0, reason);
    const by = (sender: string) => stand.value("sightline_guard_refused_by_sender_total", `sender="${sender}"`);
    assert.deepEqual([await by(good), (await by(hostile)) > 1_000], [0, true]);
  });

  it("loses nothing of another sender", async () => {
    const { acknowledged, acknowledgedSpans, rejectedSpans, abandonedSpans, retries } = await others;
    console.log(`      ${acknowledgedSpans} spans, ${retries} sent again`);
    assert.deepEqual([acknowledgedSpans, rejectedSpans, abandonedSpans], [9_000, 0, 0]);
    const ids = [...acknowledged.values()].flat();
    const missing = () => {
      const there = new Set(jaeger.spans.map(({ spanId }) => spanId));
      return ids.filter((id) => !there.has(id)).length;
    };
    while (missing() > 0) await wait(500);
  });

  it("ends with the processes that it began with, each within its memory", async () => {
    const { collector, process, limit } = stand;
    console.log(
      `      Collector ${Math.round(collector.peakMebibytes())} MiB of ${collector.limit}, guard ${Math.round(process.peakMebibytes())} MiB of ${limit} at most`,
    );
    assert.ok(collector.peakMebibytes() < collector.limit);
    assert.ok(process.peakMebibytes() < limit);
    assert.equal(await stand.value("sightline_guard_decoded_bytes"), 0);
    assert.equal(await stand.value("sightline_guard_read_bytes"), 0);
  });
});

describe("the same Collector without a guard", () => {
  const folder = temporaryFolder();

  it("takes more memory than it has, for 7.8 KB", async () => {
    const { "otelcol-contrib": binary } = await obtain("otelcol-contrib");
    const sink = await otlpSink();
    const port = Number(new URL(sink.url).port);
    const collector = await limitedCollector(binary, folder, { jaeger: port, prometheus: port });
    await post(collector.url, hostile, {
      headers: { "content-encoding": "gzip" },
      body: gzipSync(bodies.swelling["empty resources"][1]),
    });
    const peak = collector.peakMebibytes();
    console.log(`      ${Math.round(peak)} MiB of ${collector.limit}`);
    assert.ok(peak > collector.limit, String(peak));
    await collector.stop();
    await sink.close();
  });
});
