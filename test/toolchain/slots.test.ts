import assert from "node:assert/strict";
import { slots } from "../../toolchain/slots";

describe("slots", () => {
  it("let so many works go on at a time, and all in the end", async () => {
    const inTurn = slots(2);
    let [now, most] = [0, 0];
    const work = (result: number) => async () => {
      most = Math.max(most, ++now);
      await new Promise(setImmediate);
      now--;
      return result;
    };
    assert.deepEqual(await Promise.all([1, 2, 3, 4, 5].map((n) => inTurn(work(n)))), [1, 2, 3, 4, 5]);
    assert.equal(most, 2);
  });

  it("are free again after a work that fails", async () => {
    const inTurn = slots(1);
    await assert.rejects(inTurn(() => Promise.reject(new Error("no"))));
    assert.equal(await inTurn(() => Promise.resolve("next")), "next");
  });
});
