import assert from "node:assert/strict";
import { batchUpTo, largestFromSenders, limitsAlong } from "../../components/collector/limits";
import { largestForJaeger } from "../../components/jaeger/parts/otlp";
import { inBytes, type Size } from "../../components/core/units";

/** What Prometheus reads of one request, in MiB. Source: decodeReadLimit in storage/remote/codec.go of Prometheus. */
const prometheusTakes = 32;

describe("limits along a path", () => {
  it("follow from the memory of the first hop, and grow by a mebibyte at each", () => {
    assert.deepEqual(limitsAlong(3, "512 MiB"), [
      { takes: 8, sends: 9 },
      { takes: 9, sends: 10 },
      { takes: 10, sends: 11 },
    ]);
    const sizes: Size[] = ["64 MiB", "256 MiB", "1 GiB", "2 GiB", "64 GiB"];
    assert.deepEqual(sizes.map(largestFromSenders), [8, 8, 8, 16, 16]);
  });

  it("leave no hop that sends more than the next one takes, backends included, whatever the memory", () => {
    for (let mebibytes = 1; mebibytes < 4_096; mebibytes += 7) {
      for (const hops of [1, 2, 3]) {
        const limits = limitsAlong(hops, `${mebibytes} MiB`);
        const takes = [...limits.map(({ takes }) => takes), Math.min(largestForJaeger, prometheusTakes)];
        limits.forEach(({ takes: own, sends }, n) => {
          assert.ok(sends <= takes[n + 1]!, `${mebibytes} MiB, hop ${n}: ${sends} to ${takes[n + 1]}`);
          // One span as large as all of a request, and what the hop adds to it, is not above a batch.
          assert.ok(batchUpTo(sends).max > inBytes(`${own} MiB`));
        });
      }
    }
  });
});
