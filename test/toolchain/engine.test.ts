import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { obtainEngine, ownEngine, stopEngine, type Machine } from "../../toolchain/engine";
import { emptyCache, scripted, type Answer } from "./support";

const context = { "docker context inspect": { stdout: "unix:///var/run/docker.sock" } };
const running = { stdout: JSON.stringify({ ServerVersion: "20.10.24", CgroupVersion: "1", DockerRootDir: "/data" }) };
const silent = { code: 1, stdout: "{}", stderr: "Cannot connect to the Docker daemon" };
const asked = (yes: boolean) => {
  const questions: string[] = [];
  const confirm = (question: string) => {
    questions.push(question);
    return Promise.resolve(yes);
  };
  return { questions, confirm };
};

describe("obtaining a Docker engine", () => {
  const cache = emptyCache();
  let started: string[][];
  let up: boolean;
  const answering: Answer = () => (up ? running : silent);
  const machine = (facts: Partial<Machine> = {}): Machine => ({
    isRoot: true,
    hasApt: true,
    hasSystemd: false,
    detach: (file, args) => {
      started.push([file, ...args]);
      up = true;
      return process.pid;
    },
    ...facts,
  });
  beforeEach(() => {
    started = [];
    up = false;
  });

  it("leaves one that runs as it is", async () => {
    const { exec } = scripted({ ...context, "docker info": running });
    const { version } = await obtainEngine({ exec, machine: machine(), ...asked(false) });
    assert.equal(version, "20.10.24");
    assert.deepEqual(started, []);
  });

  it("starts an installed one without asking, control groups first", async () => {
    const { exec, calls } = scripted({ ...context, "docker info": answering, "dockerd --version": {} });
    const { questions, confirm } = asked(false);
    await obtainEngine({ exec, machine: machine(), confirm, dataRoot: "/big" });
    const pidFile = join(cache(), "engine/dockerd.pid");
    assert.deepEqual(started, [
      ["dockerd", "--host", "unix:///var/run/docker.sock", "--pidfile", pidFile, "--data-root", "/big"],
    ]);
    assert.ok(calls.includes("cgroupfs-mount"));
    assert.deepEqual(questions, []);
  });

  it("asks, installs the distribution's packages and starts it where there is none", async () => {
    const { exec, calls } = scripted({ ...context, "docker info": answering, "apt-get": {} });
    const { questions, confirm } = asked(true);
    await obtainEngine({ exec, machine: machine(), confirm });
    assert.deepEqual(questions, ["No Docker engine here. Install docker.io, containerd, runc, iptables with apt-get?"]);
    assert.deepEqual(
      calls.filter((call) => call.startsWith("apt")),
      ["apt-get update", "apt-cache show docker-cli", "apt-get install --yes docker.io containerd runc iptables"],
    );
    assert.equal(started.length, 1);
  });

  it("installs the client too where the distribution ships it by itself", async () => {
    const { exec, calls } = scripted({ ...context, "docker info": answering, "apt-get": {}, "apt-cache": {} });
    await obtainEngine({ exec, machine: machine(), ...asked(true) });
    assert.ok(calls.includes("apt-get install --yes docker.io containerd runc iptables docker-cli"));
  });

  it("lets systemd start it where systemd runs", async () => {
    const systemctl: Answer = () => {
      up = true;
      return {};
    };
    const answers = {
      ...context,
      "docker info": answering,
      "dockerd --version": {},
      "systemctl start docker": systemctl,
    };
    const { exec } = scripted(answers);
    await obtainEngine({ exec, machine: machine({ hasSystemd: true }), ...asked(false) });
    assert.deepEqual(started, []);
  });

  const refusals = [
    ["the user says no", {}, false, /no Docker engine is installed here/],
    ["the user is not root", { isRoot: false }, true, /no Docker engine is installed here.*as root/],
    ["there is no apt-get", { hasApt: false }, true, /docs\.docker\.com/],
  ] as const;
  for (const [why, facts, yes, message] of refusals) {
    it(`installs nothing where ${why}, and says what to do`, async () => {
      const { exec, calls } = scripted(context);
      await assert.rejects(obtainEngine({ exec, machine: machine(facts), ...asked(yes) }), { message });
      assert.ok(!calls.some((call) => call.startsWith("apt-get")));
    });
  }

  it("shows the end of the log where the daemon dies", async () => {
    const { exec } = scripted({ ...context, "docker info": silent, "dockerd --version": {} });
    const detach: Machine["detach"] = (_file, _args, log) => {
      writeFileSync(log, "failed to start daemon: no iptables");
      return 4194305;
    };
    await assert.rejects(obtainEngine({ exec, machine: machine({ detach }), ...asked(true) }), {
      message: /the engine did not come up:\nfailed to start daemon: no iptables\n; see .*dockerd\.log$/,
    });
  });

  it("stops no process that is not the daemon it started", async () => {
    assert.equal(await stopEngine(), "not ours");
    mkdirSync(join(cache(), "engine"), { recursive: true });
    writeFileSync(join(cache(), "engine/dockerd.pid"), String(process.pid));
    assert.equal(ownEngine(), undefined);
  });
});
