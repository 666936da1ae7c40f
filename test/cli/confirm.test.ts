import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { confirm, confirmName, type Terminal } from "../../cli/confirm";

/** A terminal at which somebody types a line, or leaves. */
function terminal(typed: string | undefined, isTTY = true): { at: Terminal; shown: () => string } {
  const [input, output] = [Object.assign(new PassThrough(), { isTTY }), new PassThrough()];
  if (typed === undefined) input.end();
  else input.write(`${typed}\n`);
  return { at: { input, output }, shown: () => String(output.read() ?? "") };
}

describe("a question", () => {
  it("is agreed to with y or yes", async () => {
    for (const typed of ["y", "Yes"]) assert.equal(await confirm("Delete it?", terminal(typed).at), true);
    assert.equal(await confirmName("Delete it?", "dev", terminal("dev").at), true);
  });

  it("says what to type where the answer is another one", async () => {
    const mistyped = terminal("deev");
    assert.equal(await confirmName("Delete it?", "dev", mistyped.at), false);
    assert.equal(
      mistyped.shown(),
      'Delete it? Type dev to do it: The answer was "deev": type dev to agree, or pass --yes.\n',
    );
    const declined = terminal("");
    assert.equal(await confirm("Delete it?", declined.at), false);
    assert.equal(declined.shown(), "Delete it? [y/N] The answer was empty: type y to agree, or pass --yes.\n");
  });

  it("is not agreed to by a terminal that closes, and waits for none that is not there", async () => {
    assert.equal(await confirm("Delete it?", terminal(undefined).at), false);
    const none = terminal("y", false);
    assert.equal(await confirm("Delete it?", none.at), false);
    assert.equal(none.shown(), "Delete it? [y/N] No terminal to answer: pass --yes.\n");
  });
});
