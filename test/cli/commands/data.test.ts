import assert from "node:assert/strict";
import { chosen, dataFrom } from "../../../cli/commands/data";
import type { Held } from "../../../cli/held";
import { Refusal } from "../../../components/core/problems";

const volume = (name: string, used: boolean, data = true): Held => ({ kind: "volume", name, data, used });

const data = dataFrom(
  [volume("s-badger", true), volume("s-files", true, false), volume("s-old", false), volume("s-other", true)],
  [{ kind: "volume", name: "s-badger" }],
);

describe("data of a stack", () => {
  it("is its own, in use by somebody, or left behind; files are none", () => {
    assert.deepEqual(
      data.map(({ name, state }) => `${name}: ${state}`),
      ["s-badger: of the stack", "s-old: left behind", "s-other: in use"],
    );
  });

  it("is deleted by name, where it is left behind", () => {
    assert.deepEqual(
      chosen(["s-old"], data).map(({ name }) => name),
      ["s-old"],
    );
  });

  it("is not deleted where it is anybody's, or nowhere: all reasons at once", () => {
    assert.throws(
      () => chosen(["s-old", "s-badger", "s-other", "s-none"], data),
      new Refusal("arguments", [
        {
          path: "data",
          value: "s-badger",
          reason: "it is of the stack",
          remedy: "take the stack down, or give it another storage first",
        },
        {
          path: "data",
          value: "s-other",
          reason: "it is in use",
          remedy: "take the stack down, or give it another storage first",
        },
        {
          path: "data",
          value: "s-none",
          reason: "there is no data of that name",
          remedy: "see `npm run sightline -- data list`",
        },
      ]),
    );
  });
});
