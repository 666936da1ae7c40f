import assert from "node:assert/strict";
import { findEngine } from "../../toolchain/docker";
import { scripted } from "./support";

const context = { "docker context inspect": { stdout: "unix:///var/run/docker.sock\n" } };
const info = (facts: object) => ({ stdout: JSON.stringify(facts) });
const noDaemon = { code: 1, stdout: "{}", stderr: "Cannot connect to the Docker daemon" };

describe("finding a Docker engine", () => {
  it("asks the client for the host in use, then the engine for its facts", async () => {
    const facts = info({ ServerVersion: "28.0.1", CgroupVersion: "2", DockerRootDir: "/data" });
    const { exec, calls } = scripted({ "docker context inspect": { stdout: "ssh://box" }, "docker info": facts });
    assert.deepEqual(await findEngine({ exec }), {
      state: "running",
      engine: { host: "ssh://box", version: "28.0.1", cgroup: "2", dataRoot: "/data" },
    });
    assert.deepEqual(calls, [
      "docker context inspect --format {{.Endpoints.docker.Host}}",
      "docker info --format {{json .}}",
    ]);
  });

  it("talks to the host it is given", async () => {
    const { exec, calls } = scripted({ "docker --host ssh://a info": info({ ServerVersion: "28.0.1" }) });
    const found = await findEngine({ host: "ssh://a", exec });
    assert.equal(found.state, "running");
    assert.deepEqual(calls, ["docker --host ssh://a info --format {{json .}}"]);
  });

  it("measures free space where the data lies on this machine, also before the folder is there", async () => {
    const facts = info({ ServerVersion: "20.10.24", CgroupVersion: "1", DockerRootDir: "/not/there" });
    const found = await findEngine(scripted({ ...context, "docker info": facts }));
    assert.ok(found.state === "running" && found.engine.cgroup === "1" && (found.engine.freeBytes ?? 0) > 0);
  });

  const states = [
    ["missing without a client", {}, "missing", /sightline engine up/],
    ["missing with a client alone", { ...context, "docker info": noDaemon }, "missing", /sightline engine up/],
    [
      "stopped where a daemon is installed",
      { ...context, "docker info": noDaemon, "dockerd --version": {} },
      "stopped",
      /sightline engine up/,
    ],
    [
      "unreachable where this user may not use it",
      { ...context, "docker info": { code: 1, stdout: "{}", stderr: "permission denied on the socket" } },
      "unreachable",
      /usermod -aG docker/,
    ],
    [
      "unreachable where it is another machine's",
      { "docker context inspect": { stdout: "tcp://far:2376" }, "docker info": noDaemon },
      "unreachable",
      /DOCKER_HOST/,
    ],
  ] as const;
  for (const [what, answers, state, remedy] of states) {
    it(`calls it ${what}, with a remedy`, async () => {
      const found = await findEngine(scripted(answers));
      assert.ok(found.state === state, found.state);
      assert.match(found.problem.remedy, remedy);
    });
  }
});
