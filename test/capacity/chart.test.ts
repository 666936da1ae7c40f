import assert from "node:assert/strict";
import { chart, diskBySampling, diskOverTime } from "../../components/capacity/chart";
import { complete } from "../../components/capacity/demand";

// 1 span/s of 1,000 B, kept for 2 days: Badger's 1,830 B × 86,400 = 158.112 MB a day, ÷ 0.8 = 197.64 MB.
const demand = complete({ spansPerSecond: 1, bytesPerSpan: 1_000, endpoints: 1, retention: "2d" });
const day = 197_640_000;
const badger = (lines: ReturnType<typeof diskOverTime>) =>
  lines.find(({ kind }) => kind === "badger")!.points.map(({ x, y }) => [x, Math.round(y)]);

describe("the chart", () => {
  it("grows until retention is reached, and then no more", () => {
    assert.deepEqual(badger(diskOverTime(demand, 3)), [
      [0, 0],
      [1, day],
      [2, 2 * day],
      [3, 2 * day],
    ]);
  });

  it("has bytes, or money, by the share of traces that is kept", () => {
    assert.deepEqual(badger(diskBySampling(demand))[5], [50, day]);
    assert.deepEqual(badger(diskBySampling(demand, { perGibibyte: 100 }))[10], [
      100,
      Math.round((2 * day * 100) / 1024 ** 3),
    ]);
  });

  it("is one SVG with a line for each backend in either half", () => {
    const text = chart(demand, 3, { perGibibyte: 1 });
    assert.equal(text.match(/<polyline /g)?.length, 10);
    assert.match(text, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^]*<\/svg>\n$/);
    assert.match(text, />Cost of disk for a month by share kept, %</);
    assert.doesNotMatch(text, /NaN|undefined/);
  });
});
