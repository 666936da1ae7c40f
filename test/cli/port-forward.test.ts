import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import type { Kubectl } from "../../cli/kubectl";
import { forward } from "../../cli/port-forward";
import { ToolchainError } from "../../toolchain/error";

/** kubectl as it behaves: a script of ours in its place. */
function kubectl(script: string): Kubectl & { readonly started: { args: readonly string[]; process: ChildProcess }[] } {
  const started: { args: readonly string[]; process: ChildProcess }[] = [];
  return {
    started,
    ask: () => assert.fail("nothing is asked"),
    start: (...args) => {
      const process = spawn("node", ["--eval", script], { stdio: ["ignore", "pipe", "pipe"] });
      started.push({ args, process });
      return process;
    },
  };
}
const at = { namespace: "tracing", service: "jaeger", port: 16686 };

describe("a forwarded port", () => {
  it("is where kubectl says, until it is closed", async () => {
    const fake = kubectl("console.log('Forwarding from 127.0.0.1:40123 -> 16686'); setInterval(() => {}, 1000)");
    const forwarded = await forward(fake, at);
    const [{ args, process } = assert.fail()] = fake.started;
    assert.equal(forwarded.address, "127.0.0.1:40123");
    assert.deepEqual(args, [
      "port-forward",
      "--namespace",
      "tracing",
      "--address",
      "127.0.0.1",
      "service/jaeger",
      ":16686",
    ]);
    assert.deepEqual([process.exitCode, process.signalCode], [null, null]);
    await forwarded.close();
    assert.deepEqual([process.exitCode, process.signalCode], [null, "SIGTERM"]);
    await forwarded.close();
  });

  it("is refused in kubectl's last words", async () => {
    const fake = kubectl("console.error('E1 retry\\nE1 retry\\nservices \"jaeger\" not found'); process.exitCode = 1");
    await assert.rejects(
      () => forward(fake, at),
      (error) => error instanceof ToolchainError && error.problem.reason === 'services "jaeger" not found',
    );
  });
});
