import assert from "node:assert/strict";
import { exists } from "../../cli/stack";
import { ToolchainError } from "../../toolchain/error";

const stack = (code: number, stderr: string) => ({
  name: "prod",
  ask: () => Promise.resolve({ code, stdout: "", stderr }),
});

describe("whether there is a stack", () => {
  it("is what the backend says", async () => {
    assert.equal(await exists(stack(0, "")), true);
    assert.equal(await exists(stack(6, "error: no stack named 'prod' found")), false);
  });

  it("is not no where the backend does not answer", async () => {
    const refused = stack(1, 'error: read ".pulumi/meta.yaml": access denied');
    await assert.rejects(exists(refused), (error) => {
      assert.ok(error instanceof ToolchainError);
      assert.match(
        error.message,
        /cannot tell whether stack prod exists: error: .*access denied; check PULUMI_BACKEND_URL/,
      );
      return true;
    });
  });
});
