import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withLock } from "../../toolchain/lock";

describe("a lock", () => {
  let file: string;
  beforeEach(() => {
    file = join(mkdtempSync(join(tmpdir(), "lock-")), "lock");
  });
  afterEach(() => rmSync(join(file, ".."), { recursive: true }));

  it("lets one work at a time", async () => {
    const order: string[] = [];
    const work = (name: string) =>
      withLock(file, async () => {
        order.push(`${name} starts`);
        await new Promise(setImmediate);
        order.push(`${name} ends`);
      });
    await Promise.all([work("a"), work("b")]);
    const [first, second] = order[0] === "a starts" ? ["a", "b"] : ["b", "a"];
    assert.deepEqual(order, [`${first} starts`, `${first} ends`, `${second} starts`, `${second} ends`]);
  });

  it("is taken over from a process that has died", async () => {
    // No process can have this number: Linux counts to 4194304.
    writeFileSync(file, "4194305");
    assert.equal(await withLock(file, () => Promise.resolve("done")), "done");
  });

  it("is given back when the work fails", async () => {
    await assert.rejects(
      withLock(file, () => Promise.reject(new Error("no"))),
      { message: "no" },
    );
    assert.ok(!existsSync(file));
  });
});
