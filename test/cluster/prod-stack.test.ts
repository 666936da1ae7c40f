import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { inSeconds } from "../../components/core/units";
import { volumesUsed } from "../../components/dashboards/queries";
import { volumeCapacity } from "../../components/prometheus/metrics";
import { settingsOfStack } from "../../configs/stack-file";
import { loadedImages } from "../../toolchain/cluster";
import { allReady, clusterEnv, kubectl, podsOf, serviceUrl, type Pod } from "../support/cluster";
import { clone, type Clone } from "../support/clone";
import type { Ran } from "../support/dev-stack";
import { evaluated } from "../support/evaluated";
import { compareWithJaeger } from "../support/jaeger-count";
import { load } from "../support/load";

const trial = settingsOfStack("trial");
const main = trial.name;
const agents = `${main}-agents`;
const namespaces = [main, agents] as const;
/** Pods: an agent, two gateways, two samplers, Jaeger, Prometheus, VictoriaLogs. */
const size = 8;
/** Longest time for what waits on disk, or for a decision, to arrive, in milliseconds. */
const arrival = 120_000;

const succeeded = (ran: Ran): void => assert.equal(ran.code, 0, ran.text);
const say = (line: string): void => console.log(`      ${line}`);
/** Asks again until there is an answer. */
async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (const deadline = Date.now() + arrival; ; await wait(1_000)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    assert.ok(Date.now() < deadline, "no answer in time");
  }
}

/** Process of a program in a pod, as this machine counts. */
function pidOf(podUid: string, program: string): number {
  const found = readdirSync("/proc").find((pid) => {
    try {
      const isProgram = readFileSync(`/proc/${pid}/comm`, "utf8").trim() === program;
      return isProgram && readFileSync(`/proc/${pid}/cgroup`, "utf8").includes(podUid);
    } catch {
      return false;
    }
  });
  return Number(found);
}

interface Tag {
  readonly key: string;
  readonly value: unknown;
}

const nameOf = ({ metadata }: Pod): string => metadata.labels["app.kubernetes.io/name"] ?? metadata.name;

describe("the trial stack, which is prod in a small size, on a Kubernetes cluster", () => {
  let project: Clone;
  const sightline = (...args: readonly string[]) => project.sightline(...args);
  const pulumi = (...args: readonly string[]) => sightline("pulumi", "-s", "trial", ...args);
  const otlp = () => serviceUrl("agent", agents, 4318);
  const jaeger = () => serviceUrl("jaeger", main, 16686);

  before(async () => {
    assert.equal(
      await kubectl("get", "namespaces", "--output", "name", "--selector", "sightline.dev/stack"),
      "",
      "a stack is up on this cluster already: run `npm run down -- -s trial`",
    );
    project = await clone(clusterEnv);
  });
  after(() => sightline("down", "-s", "trial", "--yes", "--delete-data", "trial"));

  it("is refused before anything is created where it asks for more than the nodes have free", async () => {
    project.edit("prod", { cpu: { jaeger: 1000 } });
    const { code, text, seconds } = await sightline("up", "-s", "prod", "--yes");
    assert.equal(code, 2, text);
    assert.match(
      text,
      /cpu\.jaeger: no node has so much free: node1 has the most, [\d.]+ CPUs of [\d.]+ CPUs, got "1000 CPUs"/,
    );
    assert.match(text, /nothing was created/);
    assert.equal(await kubectl("get", "namespaces", "--output", "name", "--selector", "sightline.dev/stack"), "");
    say(`refused after ${seconds} s`);
  });

  it("comes up with one command, which finds its canary", async () => {
    const up = await sightline("up", "-s", "trial", "--yes");
    succeeded(up);
    assert.match(up.text, /canary [0-9a-f]{32} was found everywhere/);
    say(`up took ${up.seconds} s`);
    await allReady(size, ...namespaces);
  });

  it("previews without changes, also after a refresh", async () => {
    succeeded(await pulumi("preview", "--expect-no-changes"));
    succeeded(await pulumi("refresh", "--yes"));
    succeeded(await pulumi("preview", "--expect-no-changes"));
  });

  it("follows a pod's request through the agent of its own node", async () => {
    const sent = ["traces", "--traces=1", "--service=own-node", "--status-code=Error", "--otlp-insecure"];
    const { repository, tag } = loadedImages().tools.telemetrygen!;
    await kubectl(
      "run",
      "own-node",
      "--namespace=default",
      "--restart=Never",
      `--image=${repository}:${tag}`,
      "--",
      ...[...sent, `--otlp-endpoint=agent.${agents}.svc.cluster.local:4317`],
    );
    try {
      const found = await processOf("own-node", await jaeger());
      const [pod] = (await podsOf("default")).filter(({ metadata }) => metadata.name === "own-node");
      assert.deepEqual(
        [found["k8s.pod.name"], found["k8s.namespace.name"], found["k8s.node.name"]],
        ["own-node", "default", pod?.spec.nodeName],
      );
    } finally {
      await kubectl("delete", "pod", "own-node", "--namespace=default", "--wait=false");
    }
  });

  it("knows how full the volumes of its pods are, and asks about no others", async () => {
    const volumes = [
      "jaeger-0: badger",
      "prometheus-0: data",
      "sampler-0: queue",
      "sampler-1: queue",
      "victorialogs-0: data",
    ];
    const used = await until(async () => {
      const found = await evaluated(main, volumesUsed);
      return found.length >= volumes.length ? found : undefined;
    });
    const named = used.map(({ metric }) => `${metric["k8s_pod_name"]}: ${metric["k8s_volume_name"]}`).sort();
    assert.deepEqual(named, volumes);
    // Volumes of the test cluster are folders of one disk, which is neither empty nor full.
    assert.deepEqual(
      used.filter(({ value }) => !(value > 0 && value < 1)),
      [],
    );
    const measured = await evaluated(main, `count by (k8s_namespace_name) (${volumeCapacity})`);
    assert.deepEqual(
      measured.map(({ metric }) => metric["k8s_namespace_name"]),
      [main],
    );
  });

  it("loses no acknowledged span of a failed request while each pod is deleted in turn", async () => {
    const pods = await podsOf(...namespaces);
    const seconds = 25 * pods.length;
    const sending = load({ url: await otlp(), seconds, spansPerSecond: 200, failed: true });
    const start = performance.now();
    for (const { metadata } of pods) {
      await kubectl("delete", "pod", metadata.name, "--namespace", metadata.namespace);
      await allReady(size, ...namespaces);
      say(`deleted ${metadata.name}`);
    }
    assert.ok(performance.now() - start < 1_000 * seconds, "spans went on flowing to the last");
    await complete(await sending);
  });

  it("rolls only what reads a new sampling policy, and loses nothing", async () => {
    const before = await podsOf(...namespaces);
    const sending = load({ url: await otlp(), seconds: 90, spansPerSecond: 200, failed: true });
    project.edit("trial", { tailSampling: { ...trial.tailSampling, slowerThan: "700ms" } });
    const up = await sightline("up", "-s", "trial", "--yes", "--no-verify");
    succeeded(up);
    const after = await allReady(size, ...namespaces);
    const kept = new Set(before.map(({ metadata }) => metadata.uid));
    assert.deepEqual([...new Set(after.filter(({ metadata }) => !kept.has(metadata.uid)).map(nameOf))], ["sampler"]);
    say(`up took ${up.seconds} s`);
    await complete(await sending);
  });

  it("goes from two samplers to three and back, and loses nothing", async () => {
    const sending = load({ url: await otlp(), seconds: 150, spansPerSecond: 200, failed: true });
    for (const replicas of [3, 2]) {
      project.edit("trial", { sampler: { ...trial.sampler, replicas } });
      succeeded(await sightline("up", "-s", "trial", "--yes", "--no-verify"));
      await allReady(size - 2 + replicas, ...namespaces);
      await wait(15_000);
    }
    await complete(await sending);
  });

  it("loses no more than the undecided traces of a sampler that is killed, and says so", async () => {
    const [victim] = (await podsOf(main)).filter((pod) => nameOf(pod) === "sampler");
    const spansPerSecond = 200;
    const sending = load({ url: await otlp(), seconds: 40, spansPerSecond, failed: true });
    await wait(20_000);
    process.kill(pidOf(victim!.metadata.uid, "otelcol-contrib"), "SIGKILL");
    const { acknowledged, abandonedSpans, rejectedSpans } = await sending;
    assert.deepEqual({ rejectedSpans, abandonedSpans }, { rejectedSpans: 0, abandonedSpans: 0 });
    await allReady(size, ...namespaces);
    const { acknowledgedSpans, missing } = await compareWithJaeger(await jaeger(), acknowledged, 30_000);
    say(`${missing.length} of ${acknowledgedSpans} acknowledged spans were lost with the sampler`);
    // A decision comes at the first full second after the wait; what is decided is on disk a flush later.
    assert.ok(missing.length <= spansPerSecond * (inSeconds(trial.sampler.decisionWait) + 2), "within the window");
    const alerts = await until(async () => {
      const found = await evaluated(main, `ALERTS{alertname="SamplerRestarted"}`);
      return found.length > 0 ? found : undefined;
    });
    assert.equal(alerts.length, 1);
  });

  it("leaves nothing when taken down", async () => {
    succeeded(await sightline("down", "-s", "trial", "--yes", "--delete-data", "trial"));
    const left = await kubectl(
      "get",
      "namespaces,clusterroles,clusterrolebindings",
      "--output",
      "name",
      "--selector",
      `app.kubernetes.io/part-of=${main}`,
    );
    assert.equal(left, "");
  });

  /** Attributes of the resource that sent a trace, once Jaeger has one of that service. */
  const processOf = (service: string, url: string): Promise<Readonly<Record<string, unknown>>> =>
    until(async () => {
      const answer = await fetch(`${url}/api/traces?service=${service}`);
      const { data } = (await answer.json()) as { data: readonly { processes: Record<string, { tags: Tag[] }> }[] };
      const [process] = Object.values(data[0]?.processes ?? {});
      return process && Object.fromEntries(process.tags.map(({ key, value }) => [key, value]));
    });

  async function complete(sent: Awaited<ReturnType<typeof load>>): Promise<void> {
    const { acknowledgedSpans, acknowledged, rejectedSpans, abandonedSpans, retries } = sent;
    assert.deepEqual({ rejectedSpans, abandonedSpans }, { rejectedSpans: 0, abandonedSpans: 0 });
    const { foundSpans, missing } = await compareWithJaeger(await jaeger(), acknowledged, arrival);
    say(`${acknowledgedSpans} spans acknowledged (${retries} sent again), ${foundSpans} distinct ones in Jaeger`);
    assert.deepEqual({ foundSpans, missing }, { foundSpans: acknowledgedSpans, missing: [] });
  }
});
