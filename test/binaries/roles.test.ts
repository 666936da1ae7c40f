import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { eventually, flood, span } from "../support/flood";
import { load, type LoadResult } from "../support/load";
import { missingAmong } from "../support/missing";
import { startChain, type Chain, type Process } from "../support/roles";
import { temporaryFolder } from "./folder";
import { obtain } from "./obtain";

const decisionWait = 2;
const settings = {
  queueSize: "256 MiB",
  sampler: { decisionWait: `${decisionWait}s` },
  tailSampling: { errors: true },
};

describe("agent, gateway and two samplers, as real processes", () => {
  const folder = temporaryFolder();
  let chain: Chain;

  before("what is not built yet is built", async function () {
    this.timeout(0);
    const { "otelcol-contrib": binary } = await obtain("otelcol-contrib");
    chain = await startChain(binary, folder, settings);
  });
  after(() => chain.close());
  beforeEach(() => chain.samplers.forEach(({ spans }) => spans.splice(0)));

  const arrived = () => new Set(chain.samplers.flatMap(({ spans }) => spans.map(({ spanId }) => spanId)));

  const missingOf = ({ acknowledged }: LoadResult) => missingAmong([...acknowledged.values()].flat(), arrived);

  it("keep every span of every failed trace in one place, and none of the others", async () => {
    const rate = { url: chain.url, seconds: 3, spansPerSecond: 400 };
    const [failed, fine] = await Promise.all([load({ ...rate, failed: true }), load(rate)]);
    assert.deepEqual([failed.acknowledgedSpans, fine.acknowledgedSpans], [1200, 1200]);
    assert.deepEqual(await missingOf(failed), []);
    await wait(2 * decisionWait * 1_000);
    assert.equal(arrived().size, 1200);
    const [one, other] = chain.samplers.map(({ spans }) => new Set(spans.map(({ traceId }) => traceId)));
    assert.equal(one!.size + other!.size, 240);
    assert.ok(one!.size > 50 && other!.size > 50, `${one!.size} and ${other!.size}`);
  });

  for (const name of ["agent", "gateway", "sampler-0", "sampler-1"] satisfies Process[]) {
    it(`lose no acknowledged span of a failed trace when ${name} is restarted`, async () => {
      const sending = load({ url: chain.url, seconds: 6, spansPerSecond: 200, failed: true });
      await wait(2_000);
      await chain.stop(name);
      await chain.start(name);
      const sent = await sending;
      assert.deepEqual([sent.acknowledgedSpans, sent.abandonedSpans], [1200, 0]);
      assert.deepEqual(await missingOf(sent), []);
    });
  }

  it("lose no more than what waits for a decision when a sampler is killed", async () => {
    const sending = load({ url: chain.url, seconds: 6, spansPerSecond: 200, failed: true });
    await wait(4_000);
    await chain.stop("sampler-0", "SIGKILL");
    await chain.start("sampler-0");
    const lost = (await missingOf(await sending)).length;
    console.log(`      ${lost} spans were undecided`);
    // About half of the traces, for as long as they wait, and a second between looks at the clock.
    assert.ok(lost > 0 && lost < 200 * (decisionWait + 1), String(lost));
  });
});

describe("agent, gateway and two samplers that have room for 400 traces each", () => {
  const folder = temporaryFolder();
  let chain: Chain;

  before("what is not built yet is built", async function () {
    this.timeout(0);
    const { "otelcol-contrib": binary } = await obtain("otelcol-contrib");
    // Longer than clients of gRPC wait unless they are told otherwise.
    const sampler = { decisionWait: "8s", tracesPerSecond: 25 };
    chain = await startChain(binary, folder, { ...settings, sampler });
  });
  after(() => chain.close());

  it("take 1,500 traces at once, one after the other, and each span once", async () => {
    await flood(chain.url, 1_500, () => span("step", { failed: true }), "many");
    const ids = () => chain.samplers.flatMap(({ spans }) => spans.map(({ spanId }) => spanId));
    await eventually(
      120,
      async () => ids().length,
      (count) => count >= 1_500,
    );
    assert.deepEqual([ids().length, new Set(ids()).size], [1_500, 1_500]);
    const accepted = async (name: Process): Promise<number> =>
      Number(/^otelcol_receiver_accepted_spans_total{.*} (\d+)/m.exec(await chain.scrape(name))?.[1]);
    assert.equal(await accepted("gateway"), 1_500);
    assert.equal((await accepted("sampler-0")) + (await accepted("sampler-1")), 1_500);
  });
});
