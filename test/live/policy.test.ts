import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { otherProgram, type OtherProgram } from "./other-program";

const root = join(__dirname, "..", "..");

/** A program of another team: one container. */
const program = `
const docker = require("@pulumi/docker");
const { instrument } = require("sightline");
const args = {
  name: "orders",
  image: "shop/orders:1",
  labels: process.env.EXCUSE ? [{ label: "sightline.dev/untraced", value: process.env.EXCUSE }] : [],
};
const otlp = "http://agent.sightline-prod-agents.svc.cluster.local:4318";
new docker.Container("orders", process.env.TRACED ? instrument(args, { runtime: "env", otlp }) : args);
if (process.env.TWICE) {
  const cart = { ...args, name: "cart", envs: ["OTEL_SERVICE_NAME=orders"] };
  new docker.Container("cart", instrument(cart, { runtime: "env", otlp }));
}
`;

describe("the policy pack of examples, in a preview of another program", () => {
  let other: OtherProgram;
  before(async () => {
    other = await otherProgram(program, ["docker"]);
    cpSync(join(root, "examples", "policy"), join(other.folder, "policy"), { recursive: true });
  });
  after(() => other.remove());

  const preview = async (env: Readonly<Record<string, string>>) => {
    const args = ["preview", "--stack", "dev", "--non-interactive", "--policy-pack", join(other.folder, "policy")];
    const { exitCode, stdout, stderr } = await other.run(env, ...args);
    return { passes: exitCode === 0, text: `${stdout}\n${stderr}` };
  };

  it("refuses a service that is untraced, with what to write", async () => {
    const { passes, text } = await preview({});
    assert.equal(passes, false, text);
    assert.match(text, /\[mandatory\] +service-is-traced +\(docker:index:Container: orders\)/);
    assert.match(text, /would be deployed untraced; pass its arguments to instrument\(…, \{ runtime: "nodejs"/);
  });

  it("lets it pass once it is written so", async () => {
    const { passes, text } = await preview({ TRACED: "1" });
    assert.equal(passes, true, text);
    assert.match(text, /\+ +docker:index:Container orders create/);
  });

  it("refuses two services of one name", async () => {
    const { passes, text } = await preview({ TRACED: "1", TWICE: "1" });
    assert.equal(passes, false, text);
    assert.match(text, /\[mandatory\] +service-name-is-its-own/);
    assert.match(text, /also the name of (orders|cart), so their traces cannot be told apart, got "orders"/);
  });

  it("lets it pass untraced until the day somebody named, and no longer", async () => {
    const excused = await preview({ EXCUSE: "until 2999-01-01: a vendor's image" });
    assert.equal(excused.passes, true, excused.text);
    const { passes, text } = await preview({ EXCUSE: "until 2020-01-01: a vendor's image" });
    assert.equal(passes, false, text);
    assert.match(text, /the exception ended on 2020-01-01/);
  });
});
