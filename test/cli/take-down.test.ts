import assert from "node:assert/strict";
import type { Held, Holder } from "../../cli/held";
import { refuseOther } from "../../cli/commands/down";
import { clear, sayWhetherItRuns, takeDown, type Scene } from "../../cli/take-down";
import { ToolchainError } from "../../toolchain/error";

const container: Held = { kind: "container", name: "s-jaeger", data: false };
const badger: Held = { kind: "volume", name: "s-jaeger-badger", data: true };
const older: Held = { kind: "volume", name: "s-opensearch-data", data: true };
const network: Held = { kind: "network", name: "s", data: false };

const volume = (name: string, holds: string) => ({
  urn: `urn:${name}`,
  type: "docker:index/volume:Volume",
  inputs: { name, labels: [{ label: "dev.sightline.holds", value: holds }] },
});
const state = (up?: "whole" | "cut off") => ({
  deployment: {
    resources: [
      { urn: "urn:stack", type: "pulumi:pulumi:Stack" },
      volume("s-jaeger-badger", "data"),
      volume("s-f", "files"),
      ...(up === undefined ? [] : [{ urn: "urn:c", type: "docker:index/container:Container", inputs: {} }]),
    ],
    pending_operations: up === "cut off" ? [{ type: "creating" }] : [],
  },
});

/** A stack and an engine that write down what is done to them. */
function scene(
  held: readonly Held[],
  how: { deleteData?: true; lost?: true; no?: true; up?: "whole" | "cut off" } = {},
) {
  const [done, said, asked]: [string[], string[], string[]] = [[], [], []];
  const note = (...words: readonly string[]) => (done.push(words.join(" ")), Promise.resolve(0));
  const holder: Holder = {
    subject: "the engine",
    list: () => Promise.resolve(done.includes("destroy --yes --skip-preview") ? held.filter(({ data }) => data) : held),
    delete: async (all) => void (await note("delete", ...all.map(({ name }) => name))),
  };
  const made: Scene = {
    stack: {
      name: "dev",
      run: note,
      read: () => Promise.resolve(how.lost ? undefined : JSON.stringify(state(how.up))),
      ask: async (...args) =>
        args[1] === "export"
          ? { code: how.lost ? 1 : 0, stdout: "", stderr: how.lost ? "error: no stack named 'dev' found" : "" }
          : { code: await note(...args), stdout: "", stderr: "" },
    },
    holder,
    agree: (question) => (asked.push(question), Promise.resolve(!how.no)),
    say: (line) => said.push(line),
    deleteData: how.deleteData === true,
  };
  return { done, said, asked, scene: made };
}

describe("taking a stack down", () => {
  it("deletes the data that Pulumi leaves, also that of storages before, and says so first", async () => {
    const { scene: given, done, asked } = scene([container, badger, older, network], { deleteData: true });
    assert.equal(await takeDown(given), true);
    assert.deepEqual(asked, [
      "Take dev down and delete its traces, metrics and logs of now, and of before volume s-opensearch-data?",
    ]);
    assert.deepEqual(done, [
      "destroy --yes --skip-preview",
      "delete s-jaeger-badger s-opensearch-data",
      "stack rm dev --yes --preserve-config",
    ]);
  });

  it("touches no data where it is to stay, and remembers it", async () => {
    const { scene: given, done, asked, said } = scene([container, badger, older]);
    assert.equal(await takeDown(given), true);
    assert.deepEqual(said, ["kept: volume s-jaeger-badger; `npm run down -- -s dev --delete-data dev` deletes them"]);
    assert.deepEqual(asked, ["Take dev down and keep its data?"]);
    assert.deepEqual(done, ["destroy --yes --skip-preview --exclude urn:s-jaeger-badger"]);
  });

  it("does nothing without the word, and says what was not done", async () => {
    const { scene: given, done, said } = scene([container, badger], { no: true });
    assert.equal(await takeDown(given), false);
    assert.equal(await clear(given), false);
    assert.deepEqual(done, []);
    assert.deepEqual(said, ["stack dev was not taken down", "container s-jaeger", "nothing was deleted"]);
  });
});

describe("deleting data", () => {
  it("takes the name of the stack, and no other", () => {
    refuseOther("prod", undefined);
    refuseOther("prod", "prod");
    assert.throws(() => refuseOther("dev", "prod"), {
      message:
        "arguments: 1 problem, nothing was created\n" +
        '  - --delete-data: the stack to take down is dev, got "prod"; write --delete-data dev, or remove the flag to keep the data',
    });
  });
});

describe("what is left of a stack", () => {
  it("is named where no state knows it, with the command that deletes it", async () => {
    const { scene: given, said, done } = scene([container, badger, network], { lost: true });
    assert.equal(await sayWhetherItRuns(given), false);
    assert.deepEqual(said, [
      "stack dev is not up by the Pulumi state here, and yet the engine holds 1 container, 1 volume, 1 network of it: " +
        "use the Pulumi backend that made it, or delete them with `npm run sightline -- down -s dev --leftovers`, which keeps data",
    ]);
    assert.deepEqual(done, []);
  });

  it("is nothing where nothing runs, or nobody can be asked", async () => {
    const { scene: given, said } = scene([], { lost: true });
    assert.equal(await sayWhetherItRuns(given), true);
    const silent = {
      ...given.holder,
      list: () => Promise.reject(new ToolchainError({ path: "engine", reason: "gone", remedy: "start it" })),
    };
    assert.equal(await sayWhetherItRuns({ ...given, holder: silent }), true);
    assert.deepEqual(said, [
      "stack dev is not up",
      "not asked whether something of it runs: engine: gone; start it",
      "stack dev is not up",
    ]);
  });

  it("goes by its labels, without a state", async () => {
    const { scene: given, said, done, asked } = scene([container, badger, network], { lost: true, deleteData: true });
    assert.equal(await clear(given), true);
    assert.deepEqual(said, ["container s-jaeger", "volume s-jaeger-badger, with data", "network s"]);
    assert.deepEqual(asked, ["Delete all of these from the engine?"]);
    assert.deepEqual(done, ["delete s-jaeger s-jaeger-badger s"]);
  });

  it("takes a state with it that a process was cut off from", async () => {
    const { scene: given, done } = scene([]);
    assert.equal(await clear(given), true);
    assert.deepEqual(done, ["cancel --yes --stack dev", "stack rm dev --yes --force --preserve-config"]);
  });

  it("is none where the stack is up: the command that takes it down is named, and nothing is asked", async () => {
    const { scene: given, done, said, asked } = scene([container, badger, network], { up: "whole" });
    assert.equal(await clear(given), false);
    assert.deepEqual([done, asked], [[], []]);
    assert.deepEqual(said, [
      "nothing was deleted: stack dev is up, and `npm run down -- -s dev` takes it down. Where Pulumi says that it is locked, " +
        "run `npm run sightline -- pulumi cancel --yes --stack dev` first",
    ]);
  });

  it("is taken where an update of the stack was cut off", async () => {
    const { scene: given, done } = scene([container, badger, network], { up: "cut off" });
    assert.equal(await clear(given), true);
    assert.equal(done[0], "delete s-jaeger s");
  });

  it("leaves data, and the namespace it is in, where data is to stay", async () => {
    const claim: Held = { kind: "persistentvolumeclaim", name: "c", namespace: "s", data: true };
    const space: Held = { kind: "namespace", name: "s", data: false };
    const { scene: given, done } = scene([container, claim, space], { lost: true });
    assert.equal(await clear(given), true);
    assert.deepEqual(done, ["delete s-jaeger"]);
  });
});
