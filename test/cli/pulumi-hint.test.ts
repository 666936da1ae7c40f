import assert from "node:assert/strict";
import { withoutHint } from "../../cli/pulumi-hint";

describe("what pulumi destroy prints", () => {
  it("is shown but for its advice to run pulumi stack rm", () => {
    const printed = [
      "Resources:",
      "    - 29 deleted",
      "The resources in the stack have been deleted, but the history and configuration associated with the stack are still maintained. ",
      "If you want to remove the stack completely, run `pulumi stack rm dev`.",
    ];
    assert.deepEqual(
      printed.flatMap((line) => [...withoutHint(line)]),
      ["Resources:", "    - 29 deleted"],
    );
  });
});
