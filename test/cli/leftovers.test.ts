import assert from "node:assert/strict";
import { counted, leftovers, remove } from "../../cli/leftovers";
import type { Exec } from "../../toolchain/exec";

const host = "unix:///var/run/docker.sock";
const label = "label=dev.sightline.stack=sightline-dev";

/** A Docker client that knows some objects, and what it was asked to remove. */
function client(objects: Readonly<Record<string, string>>) {
  const removed: string[] = [];
  const exec: Exec = (file, args) => {
    assert.deepEqual([file, ...args.slice(0, 2)], ["docker", "--host", host]);
    const [kind = "", verb, ...rest] = args.slice(2);
    if (verb === "rm") removed.push([kind, ...rest].join(" "));
    else assert.ok(rest.includes(label), rest.join(" "));
    return Promise.resolve({ code: 0, stdout: verb === "ls" ? (objects[kind] ?? "") : "", stderr: "" });
  };
  return { exec, removed };
}

describe("what an engine holds of a stack", () => {
  it("is listed by label, whatever a state says", async () => {
    const { exec } = client({ container: "sightline-dev-loki\nsightline-dev-jaeger\n", volume: "sightline-dev-data" });
    const found = await leftovers(host, "sightline-dev", exec);
    assert.deepEqual(found, {
      container: ["sightline-dev-jaeger", "sightline-dev-loki"],
      network: [],
      volume: ["sightline-dev-data"],
    });
    assert.equal(counted(found), "2 containers, 1 volume");
  });

  it("is removed in an order in which nothing is in use any more", async () => {
    const { exec, removed } = client({});
    await remove(host, { container: ["a", "b"], network: ["n"], volume: ["v"] }, exec);
    assert.deepEqual(removed, ["container --force --volumes a b", "network n", "volume v"]);
  });

  it("counts nothing as nothing", () => {
    assert.equal(counted({ container: [], network: [], volume: [] }), "");
  });

  it("says why an engine did not answer", async () => {
    const exec: Exec = () => Promise.resolve({ code: 1, stdout: "", stderr: "warning\npermission denied" });
    await assert.rejects(leftovers(host, "sightline-dev", exec), {
      message: `dockerHost: permission denied, got "${host}"; see that this engine runs (\`sightline doctor\`), then try again`,
    });
  });
});
