import assert from "node:assert/strict";
import { loginOf } from "../../../cli/commands/login";

/** A stack whose outputs Pulumi still has, with what else its state knows. */
const stack = (...types: readonly string[]) => ({
  name: "dev",
  ask: () => Promise.resolve({ code: 0, stdout: "", stderr: "" }),
  read: (...args: readonly string[]) =>
    Promise.resolve(
      JSON.stringify(
        args[1] === "export"
          ? { deployment: { resources: types.map((type) => ({ urn: `urn:${type}`, type })) } }
          : { credentials: { storesUser: "sightline", storesPassword: "word" } },
      ),
    ),
});

describe("sightline login", () => {
  it("prints what the stores of a stack ask for", async () => {
    assert.equal(await loginOf(stack("docker:index/container:Container")), "sightline:word");
    assert.equal(await loginOf(stack("kubernetes:apps/v1:StatefulSet")), "sightline:word");
  });

  it("says that a stack is not up which was taken down, although its last outputs are known", async () => {
    await assert.rejects(loginOf(stack("pulumi:pulumi:Stack", "docker:index/volume:Volume")), {
      name: "Refusal",
      message:
        'stack: 1 problem, nothing was created\n  - stack: the stack is not up, got "dev"; run `npm run up -- -s dev` first',
    });
  });
});
