import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { missingAmong } from "../support/missing";
import { startChain, type Chain } from "../support/roles";
import { linesOf, pointsOf, post, scopedSpansOf, spansOf, type Sized } from "../support/sized";
import { temporaryFolder } from "./folder";
import { obtain } from "./obtain";

const settings = { queueSize: "1 GiB", sampler: { decisionWait: "2s" }, tailSampling: { errors: true } };
/** Longest time until what waits has arrived, in milliseconds. */
const arrival = 60_000;

describe("items of every size, through agent, gateway and samplers that were away", () => {
  const folder = temporaryFolder();
  let chain: Chain;

  before("what is not built yet is built", async function () {
    this.timeout(0);
    const { "otelcol-contrib": binary } = await obtain("otelcol-contrib");
    chain = await startChain(binary, folder, settings);
  });
  after(() => chain.close());
  afterEach(() =>
    [...chain.samplers, chain.metrics].forEach((sink) =>
      [sink.spans, sink.logs, sink.metrics].forEach((kept) => kept.splice(0)),
    ),
  );

  /** What has an answer of 200 and does not arrive. */
  const missing = async (sent: readonly Sized[], arrived: () => Iterable<string>): Promise<number> =>
    (
      await missingAmong(
        sent.flatMap(({ ids }) => ids),
        arrived,
      )
    ).length;
  const spans = () => chain.samplers.flatMap((sink) => sink.spans.map(({ spanId }) => spanId));

  /** A metric arrives. */
  async function counted(metric: string): Promise<void> {
    const named = () => chain.metrics.metrics.some(({ name }) => name === metric);
    for (const deadline = Date.now() + arrival; !named() && Date.now() < deadline;) await wait(200);
    assert.ok(named(), metric);
  }

  async function sendAll(requests: readonly Sized[]): Promise<void> {
    for (const request of requests) assert.equal(await post(chain.url, request), 200);
  }
  const dropped = async (name: "agent" | "gateway" | "sampler-0" | "sampler-1") =>
    [...(await chain.scrape(name)).matchAll(/^otelcol_exporter_send_failed_\w+{.*} (\d+)/gm)].map(([line]) => line);

  /** Requests of up to 8 MiB, as many spans as a request may have. */
  const sizes = {
    "200 B": [5_000, 200, 4],
    "1.1 KB": [500, 1_100, 40],
    "10 KB": [500, 10_000, 8],
    "500 KB": [10, 500_000, 6],
  } as const;
  for (const [size, [count, bytes, requests]] of Object.entries(sizes)) {
    it(`spans of ${size}`, async () => {
      await chain.stop("gateway");
      const sent = Array.from({ length: requests }, () => spansOf(count, bytes));
      await sendAll(sent);
      await chain.start("gateway");
      assert.equal(await missing(sent, spans), 0);
    });
  }

  it("a span of 6 MB, among small ones", async () => {
    await chain.stop("gateway");
    const sent = [spansOf(500, 200), spansOf(1, 6_000_000), spansOf(500, 200)];
    await sendAll(sent);
    await chain.start("gateway");
    assert.equal(await missing(sent, spans), 0);
    await counted("sightline.spans.truncated");
  });

  it("spans of many scopes, each of which has the resource again on its way to a sampler", async () => {
    await chain.stop("sampler-0");
    await chain.stop("sampler-1");
    const sent = [scopedSpansOf(2_000, 20_000)];
    const sending = sendAll(sent);
    await chain.start("sampler-0");
    await chain.start("sampler-1");
    await sending;
    assert.equal(await missing(sent, spans), 0);
  });

  it("log lines of 1 KB, and points", async () => {
    const lines = Array.from({ length: 20 }, () => linesOf(1_000, 1_000));
    const points = Array.from({ length: 10 }, () => pointsOf(5_000));
    await sendAll([...lines, ...points]);
    assert.equal(await missing(lines, () => chain.metrics.logs.map(({ body }) => body)), 0);
    assert.equal(await missing(points, () => chain.metrics.metrics.map(({ name }) => name)), 0);
  });

  it("a line of 1 MB and an attribute of 100 KB, cut and counted, among small ones", async () => {
    const long = linesOf(1, 1_000_000);
    const beside = linesOf(1, 100, 100_000);
    const small = linesOf(100, 100);
    await sendAll([small, long, beside]);
    assert.equal(await missing([small, beside], () => chain.metrics.logs.map(({ body }) => body)), 0);
    const cut = chain.metrics.logs.filter(({ body }) => body.length > 100);
    assert.deepEqual(
      cut.map(({ body }) => body === long.ids[0]!.slice(0, 262_144)),
      [true],
    );
    await counted("sightline.logs.truncated");
  });

  it("and nothing was dropped on the way", async () => {
    for (const name of ["agent", "gateway", "sampler-0", "sampler-1"] as const)
      assert.deepEqual(await dropped(name), []);
  });
});
