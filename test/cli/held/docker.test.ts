import assert from "node:assert/strict";
import { counted, named } from "../../../cli/held";
import { dockerHolder } from "../../../cli/held/docker";
import { ToolchainError } from "../../../toolchain/error";
import type { Exec } from "../../../toolchain/exec";

const label = "label=dev.sightline.stack=sightline-dev";

/** A Docker client that answers what it is told, and writes down what it was asked. */
function client(answers: Readonly<Record<string, string>>, failure = "") {
  const asked: string[] = [];
  const exec: Exec = (file, args) => {
    const line = args.slice(2).join(" ").replace(` --filter ${label}`, "");
    asked.push([file, ...args.slice(0, 2), line].join(" "));
    const stdout = answers[line.replace(/ --format \S+(\s.*"}})?/, "")];
    return Promise.resolve(
      stdout === undefined ? { code: 1, stdout: "", stderr: failure } : { code: 0, stdout, stderr: "" },
    );
  };
  return { asked, holder: dockerHolder({ stack: "sightline-dev", host: "unix:///d.sock", exec }) };
}

const answers = {
  "ps --all": "sightline-dev-loki\nsightline-dev-jaeger\n",
  "volume ls": "sightline-dev-jaeger-files\tfiles\nsightline-dev-jaeger-badger\tdata\nsightline-dev-loki-data\tdata\n",
  "volume ls --filter dangling=true": "sightline-dev-jaeger-badger\tdata\n",
  "network ls": "sightline-dev\n",
};

describe("what a Docker engine holds of a stack", () => {
  it("is found by label: containers, volumes with what they hold and whether they are open, networks", async () => {
    const held = await client(answers).holder.list();
    assert.deepEqual(held, [
      { kind: "container", name: "sightline-dev-jaeger", data: false },
      { kind: "container", name: "sightline-dev-loki", data: false },
      { kind: "volume", name: "sightline-dev-jaeger-badger", data: true, used: false },
      { kind: "volume", name: "sightline-dev-jaeger-files", data: false, used: true },
      { kind: "volume", name: "sightline-dev-loki-data", data: true, used: true },
      { kind: "network", name: "sightline-dev", data: false },
    ]);
    assert.equal(counted(held), "2 containers, 3 volumes, 1 network");
    assert.equal(named(held[2]!), "volume sightline-dev-jaeger-badger");
  });

  it("is asked of the engine that settings name", async () => {
    const { asked, holder } = client(answers);
    await holder.list();
    assert.equal(
      asked.every((line) => line.startsWith("docker --host unix:///d.sock ")),
      true,
    );
  });

  it("goes in an order in which nothing is in use any more", async () => {
    const { asked, holder } = client({
      ...answers,
      "rm --force --volumes sightline-dev-jaeger sightline-dev-loki": "",
      "volume rm sightline-dev-jaeger-badger sightline-dev-jaeger-files sightline-dev-loki-data": "",
      "network rm sightline-dev": "",
    });
    await holder.delete(await holder.list());
    assert.deepEqual(
      asked.slice(4).map((line) => line.replace("docker --host unix:///d.sock ", "")),
      [
        "rm --force --volumes sightline-dev-jaeger sightline-dev-loki",
        "volume rm sightline-dev-jaeger-badger sightline-dev-jaeger-files sightline-dev-loki-data",
        "network rm sightline-dev",
      ],
    );
  });

  it("is never taken for nothing where the engine does not answer", async () => {
    const { holder } = client({}, "Cannot connect to the Docker daemon");
    await assert.rejects(
      () => holder.list(),
      new ToolchainError({
        path: "docker engine unix:///d.sock",
        reason: "Cannot connect to the Docker daemon",
        remedy: "see `npm run sightline -- doctor`",
      }),
    );
  });

  it("is named with its reason where it could not be deleted", async () => {
    const { holder } = client({}, "volume is in use - [4f]");
    await assert.rejects(
      () => holder.delete([{ kind: "volume", name: "v", data: true }]),
      new ToolchainError({
        path: "docker engine unix:///d.sock",
        reason: "volume is in use - [4f]",
        remedy: "end what uses it, and run the command again",
      }),
    );
  });
});
