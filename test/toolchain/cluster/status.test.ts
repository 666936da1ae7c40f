import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { clusterStatus, describeStatus } from "../../../toolchain/cluster/status";
import { kill, running, start, until } from "../../../toolchain/cluster/processes";
import { emptyCache, scripted } from "../support";

describe("status of a cluster", () => {
  const cache = emptyCache();
  const children: ChildProcess[] = [];
  const cluster = (...parts: string[]) => join(cache(), "cluster", ...parts);
  beforeEach(() => mkdirSync(cluster("pids"), { recursive: true }));
  // With what they have started: mocha would wait for whoever holds their output.
  afterEach(() => children.splice(0).forEach(({ pid }) => process.kill(-pid!, "SIGKILL")));

  /** A process that names the cluster's folder on its command line, or one that does not. */
  function program(name: string, ours = true): number {
    const child = spawn("sh", ["-c", "sleep 60; :", ours ? cluster("x") : "stranger"], { detached: true });
    children.push(child);
    writeFileSync(cluster("pids", `${name}.pid`), String(child.pid));
    return child.pid!;
  }

  it("is down where nothing has been started", async () => {
    const status = await clusterStatus(scripted({}));
    assert.equal(status.state, "down");
    assert.equal(describeStatus(status), "no cluster is up; `sightline cluster up` starts one");
  });

  it("says what runs, which nodes are ready and how to reach it", async () => {
    const pid = program("etcd");
    mkdirSync(cluster("nodes/node1"), { recursive: true });
    const { exec } = scripted({ [cluster("bin/kubectl")]: { stdout: "node1=True\nnode2=False\n" } });
    const status = await clusterStatus({ exec });
    assert.equal(status.state, "ready");
    assert.deepEqual(status.nodes, [{ name: "node1", ready: true }]);
    const lines = describeStatus(status).split("\n");
    assert.equal(lines[0], "Kubernetes 1.34.2 is up");
    assert.ok(lines.includes(`programs   etcd ${pid}`));
    assert.ok(lines.includes(`export KUBECONFIG=${cluster("kubeconfig")}`));
    assert.ok(lines.some((line) => line.endsWith("NetworkPolicies are stored and not enforced")));
  });

  it("names what has ended with its log, and nodes that are not ready", async () => {
    program("etcd");
    writeFileSync(cluster("pids/coredns.pid"), "4194305");
    mkdirSync(cluster("nodes/node1"), { recursive: true });
    const status = await clusterStatus(scripted({ [cluster("bin/kubectl")]: { code: 1 } }));
    assert.equal(status.state, "partly");
    assert.equal(status.problem, `coredns does not run (${cluster("logs/coredns.log")}); node1 is not ready`);
  });

  it("takes no process for a part of it that only has the number of one, and kills none", async () => {
    const pid = program("etcd", false);
    assert.equal(running("etcd"), undefined);
    await kill("etcd");
    process.kill(pid, 0);
  });

  it("shows the end of a program's log where it has ended before it was ready", async () => {
    start({ name: "etcd", file: "sh", args: ["-c", "echo no space left; exit 1", cluster()] });
    await assert.rejects(
      until("etcd", "an answer", () => Promise.resolve(undefined)),
      { message: /cluster\.etcd.*it ended:\nno space left\n; see .*\/cluster\/logs\/etcd\.log/ },
    );
  });
});
