import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Workload } from "../../components/core/workload";
import { namespaceOf, type Manifest } from "../../components/platforms/kubernetes/objects";
import { kubernetesPlanner } from "../../components/platforms/kubernetes/plan";
import { settingsOfStack } from "../../configs/stack-file";
import { clusterOf } from "../../stacks/host";
import { describedSecrets, observability } from "../../stacks/observability";
import { loadedImages } from "../../toolchain/cluster";
import { allReady, kubectl, podsOf } from "../support/cluster";

/** What whoever has taken over a process on a node can do there: a shell in its place, in a pod that is the same but for its program. */
describe("a shell on a node of a Kubernetes cluster", function () {
  this.timeout(300_000);
  const options = { ...clusterOf(settingsOfStack("trial")), name: "sightline-nodes", expose: {} };
  const planner = kubernetesPlanner(options);
  const [agents, nodes] = (["every-node", "reads-every-node"] as const).map((placement) =>
    namespaceOf(options, placement),
  ) as [string, string];
  const folder = mkdtempSync(join(tmpdir(), "sightline-nodes-"));
  const file = join(folder, "list.json");
  let manifests: readonly Manifest[];
  const send = (items: readonly object[], ...args: readonly string[]) => {
    writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
    return kubectl(...args, "--filename", file);
  };

  /** The same with a shell that waits, which nobody asks how it is. */
  function withShell({ image, ...workload }: Workload): Workload {
    const shell = loadedImages().stack.esRollover;
    assert.ok(shell !== undefined, "run `npm run sightline -- cluster up`, which loads the images of jobs");
    const waits = ["-c", "trap 'exit 0' TERM; while :; do sleep 1 & wait $!; done"];
    const { health, ...same } = workload;
    assert.ok(health);
    return {
      ...same,
      image: { ...shell, user: image.user },
      command: ["/bin/sh"],
      args: waits,
      connects: [],
      grace: "1s",
      memory: "32 MiB",
    };
  }

  before(async () => {
    const settings = { ...settingsOfStack("trial"), cpu: {} };
    const workloads = observability(settings, planner, describedSecrets)
      .filter(({ placement }) => typeof placement === "string")
      .map(withShell);
    manifests = planner.plan(workloads).map(({ inputs }) => inputs as Manifest);
    await send(manifests, "apply", "--server-side");
    await allReady(2, agents, nodes);
  });
  after(async () => {
    await send([...manifests].reverse(), "delete", "--ignore-not-found", "--wait=false");
    await kubectl("wait", "--for=delete", `namespace/${agents}`, `namespace/${nodes}`, "--timeout=120s");
    rmSync(folder, { recursive: true });
  });

  const run = async (namespace: string, script: string): Promise<string> => {
    const [pod] = await podsOf(namespace);
    return kubectl("exec", "--namespace", namespace, pod!.metadata.name, "--", "/bin/sh", "-c", script);
  };
  const lines = async (namespace: string, script: string): Promise<string[]> =>
    (await run(namespace, script))
      .split("\n")
      .filter((line) => line !== "")
      .sort();

  /** Where something of a disk or of the kernel of the node is mounted; what is made for the pod alone is in memory. */
  const mounts = `while read -r a b c root path d; do case "$d" in *" - overlay "*|*" - tmpfs "*|*" - devpts "*|*" - mqueue "*|*" - sysfs "*|*" - cgroup"*) ;; *" - proc "*) case "$path" in /proc|/proc/*) ;; *) echo "$path" ;; esac ;; *) echo "$path" ;; esac; done < /proc/self/mountinfo`;
  const all = "find / -path /proc -prune -o -path /sys -prune -o";
  const sockets = `${all} -type s -print 2>/dev/null`;
  const writable = `${all} -type d -print 2>/dev/null | while read -r folder; do if (: > "$folder/.tried") 2>/dev/null; then echo "$folder"; rm "$folder/.tried"; fi; done`;
  const others = `for status in /proc/[0-9]*/status; do read -r _ name < "$status" && echo "$name"; done 2>/dev/null`;

  /** What every pod gets of its own, on the disk of the node and in memory. */
  const ofEveryPod = ["/dev/termination-log", "/etc/hostname", "/etc/hosts", "/etc/resolv.conf"];
  const inMemory = ["/dev/mqueue", "/dev/shm"];
  const ofNode = ["diskstats", "loadavg", "meminfo", "net/dev", "stat", "swaps", "uptime", "vmstat"].map(
    (name) => `/hostfs/proc/${name}`,
  );

  it("in the agent's place is nobody, under Pod Security restricted", async () => {
    assert.equal(await run(agents, "id"), "uid=10001 gid=10001 groups=10001");
    const level = "jsonpath={.metadata.labels.pod-security\\.kubernetes\\.io/enforce}";
    assert.equal(await kubectl("get", "namespace", agents, "--output", level), "restricted");
  });

  it("in the agent's place sees of the node its own folder alone, no socket and no other process", async () => {
    const own = ["/var/lib/otelcol", "/var/lib/otelcol-made"];
    assert.deepEqual(await lines(agents, mounts), [...ofEveryPod, ...own].sort());
    assert.deepEqual(await lines(agents, sockets), []);
    assert.deepEqual([...new Set(await lines(agents, others))], ["sh", "sleep"]);
    for (const path of ["/hostfs", "/var/log/pods", "/run/containerd", "/etc/shadow", "/var/lib/kubelet"])
      assert.equal(await run(agents, `ls -d ${path} 2>/dev/null || echo none`), "none", path);
  });

  it("in the agent's place writes into its queue and nowhere else", async () => {
    assert.deepEqual(await lines(agents, writable), [...inMemory, "/var/lib/otelcol"].sort());
  });

  it("in the agent's place finds after the end of its pod what it has written, so that no queue is lost with a pod", async () => {
    await run(agents, "echo kept > /var/lib/otelcol/kept");
    const [before] = await podsOf(agents);
    await kubectl("delete", "pod", before!.metadata.name, "--namespace", agents);
    const [after] = await allReady(1, agents);
    assert.notEqual(after!.metadata.uid, before!.metadata.uid);
    assert.equal(await run(agents, "cat /var/lib/otelcol/kept; rm /var/lib/otelcol/kept"), "kept");
  });

  it("in the node reader's place is nobody too, in the group that reads logs", async () => {
    assert.equal(await run(nodes, "id"), "uid=10001 gid=10001 groups=0(root),10001");
  });

  it("in the node reader's place sees what is listed, no socket and no other process", async () => {
    const own = ["", "-made", "-offsets", "-offsets-made"].map((end) => `/var/lib/otelcol${end}`);
    assert.deepEqual(await lines(nodes, mounts), [...ofEveryPod, ...own, ...ofNode, "/var/log/pods"].sort());
    assert.deepEqual(await lines(nodes, sockets), []);
    assert.deepEqual([...new Set(await lines(nodes, others))], ["sh", "sleep"]);
  });

  it("in the node reader's place reads each of it: figures of the node, not of its pod, and logs of others", async () => {
    const read = `for f in ${ofNode.join(" ")}; do read -r line < "$f" && echo "$f"; done`;
    assert.deepEqual(await lines(nodes, read), ofNode);
    assert.match(await run(nodes, "cat /hostfs/proc/net/dev"), /cni0:/);
    assert.doesNotMatch(await run(nodes, "cat /proc/net/dev"), /cni0:/);
    const unreadable = "find /var/log/pods -name '*.log' | while read -r log; do [ -r \"$log\" ] || echo $log; done";
    assert.deepEqual(await lines(nodes, unreadable), []);
    const logs = await lines(nodes, "find /var/log/pods -name '*.log'");
    assert.ok(logs.some((path) => path.startsWith(`/var/log/pods/${agents}_`)));
  });

  it("in the node reader's place writes into its queue and its offsets, and nowhere else", async () => {
    const own = ["/var/lib/otelcol", "/var/lib/otelcol-offsets"];
    assert.deepEqual(await lines(nodes, writable), [...inMemory, ...own].sort());
    const files = `for f in ${ofNode.join(" ")} $(find /var/log/pods -name '*.log'); do if (: >> "$f") 2>/dev/null; then echo "$f"; fi; done`;
    assert.deepEqual(await lines(nodes, files), []);
  });
});
