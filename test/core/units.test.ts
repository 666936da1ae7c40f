import assert from "node:assert/strict";
import {
  goDuration,
  goMemoryLimit,
  inBytes,
  inMebibytes,
  inMilliseconds,
  inSeconds,
  isDuration,
  isSize,
  wholeDuration,
  type Duration,
  type Size,
} from "../../components/core/units";

describe("units", () => {
  it("knows a duration by its unit", () => {
    const texts = ["200ms", "1.5s", "5m", "72h", "15d", "15", "15 d", "1w", "", "-1h"];
    assert.deepEqual(texts.filter(isDuration), ["200ms", "1.5s", "5m", "72h", "15d"]);
  });

  it("knows a size by its unit", () => {
    const texts = ["0 B", "512 MiB", "1.5 GiB", "2 TiB", "20GiB", "20 GB", "20", ""];
    assert.deepEqual(texts.filter(isSize), ["0 B", "512 MiB", "1.5 GiB", "2 TiB"]);
  });

  it("converts durations", () => {
    assert.deepEqual(
      ["200ms", "1.5s", "2m", "1h", "1d"].map((d) => inMilliseconds(d as Duration)),
      [200, 1_500, 120_000, 3_600_000, 86_400_000],
    );
    assert.equal(inSeconds("1.5s"), 1.5);
  });

  it("writes days as hours for Go, which has no days", () => {
    assert.equal(goDuration("15d"), "360h");
    assert.equal(goDuration("72h"), "72h");
  });

  it("converts sizes", () => {
    assert.deepEqual(
      ["1 B", "1 KiB", "1.5 MiB", "2 GiB"].map((s) => inBytes(s as Size)),
      [1, 1_024, 1_572_864, 2_147_483_648],
    );
    assert.equal(inMebibytes("1.5 GiB"), 1_536);
  });

  it("answers NaN for what it cannot read, so that comparisons fail", () => {
    assert.equal(inBytes("20GB" as Size), NaN);
    assert.equal(inMilliseconds("soon" as Duration), NaN);
  });

  it("leaves a fifth of the memory outside the Go heap", () => {
    assert.equal(goMemoryLimit("512 MiB"), "409MiB");
  });

  it("writes a duration without fractions for programs that read none", () => {
    assert.deepEqual((["15d", "200ms", "1.5h", "0.5s"] as const).map(wholeDuration), [
      "15d",
      "200ms",
      "5400000ms",
      "500ms",
    ]);
  });
});
