import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { inSeconds } from "../../components/core/units";
import { volumesUsed } from "../../components/dashboards/queries";
import { volumeCapacity } from "../../components/prometheus/metrics";
import { settingsOfStack } from "../../configs/stack-file";
import { loadedImages } from "../../toolchain/cluster";
import { allReady, clusterEnv, kubectl, podsOf, serviceUrl, type Pod } from "../support/cluster";
import { absentLines, absentPoints, sendLines, sendPoints, sendSizes } from "../support/absence";
import { clone, type Clone } from "../support/clone";
import type { Ran } from "../support/dev-stack";
import { evaluated } from "../support/evaluated";
import type { Backend } from "../../cli/verify/backend";
import { shownIn } from "../support/cluster-login";
import { compareWithJaeger } from "../support/jaeger-count";
import { load, type LoadResult } from "../support/load";
import { pidOf } from "../support/pid";
import { countStoredLines } from "../support/stored-lines";
import { until } from "../support/until";

const trial = settingsOfStack("trial");
const main = trial.name;
const agents = `${main}-agents`;
const namespaces = [main, agents, `${main}-nodes`] as const;
/** Pods: an agent, a node reader, two gateways, two samplers, Jaeger, Prometheus, VictoriaLogs. */
const size = 9;
/** Longest time for what waits on disk, or for a decision, to arrive, in milliseconds. */
const arrival = 300_000;

const succeeded = (ran: Ran): void => assert.equal(ran.code, 0, ran.text);
const say = (line: string): void => console.log(`      ${line}`);
/** Each look is a request through the cluster. */
const arrives = <T>(what: string, ask: () => Promise<T | undefined>) =>
  until(what, ask, { within: arrival, every: 1_000 });

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
  const jaeger = async () => ({ url: await serviceUrl("jaeger", main, 16686), headers: await shownIn(main) });

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
      /cpu\.jaeger: no node has enough free: node1 has the most, [\d.]+ CPUs of [\d.]+ CPUs, got "1000 CPUs"/,
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

  it("follows a pod's request through the agent of its own node, whatever it says of itself", async () => {
    const forged = ["k8s.namespace.name", "k8s.pod.name", "k8s.node.name", "service.namespace"];
    const sent = [
      ...["traces", "--traces=1", "--service=own-node", "--status-code=Error", "--otlp-insecure"],
      ...forged.map((name) => `--otlp-attributes=${name}="bank"`),
    ];
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
      assert.deepEqual([...forged.map((name) => found[name])], ["default", "own-node", pod?.spec.nodeName, "default"]);
    } finally {
      await kubectl("delete", "pod", "own-node", "--namespace=default", "--wait=false");
    }
  });

  it("knows what a pod has printed, and how busy the network of its node is", async () => {
    const { repository, tag } = loadedImages().stack.esRollover!;
    const line = `printed-${Date.now()}`;
    const printing = ["/bin/sh", "-c", `sleep 5; echo ${line}; sleep 600`];
    await kubectl(
      "run",
      "printing",
      "--namespace=default",
      `--image=${repository}:${tag}`,
      "--command",
      "--",
      ...printing,
    );
    try {
      const [url, headers] = [await serviceUrl("victorialogs", main, 9428), await shownIn(main)];
      const found = await arrives("the line is stored with its pod", async () => {
        const query = encodeURIComponent(`_msg:${line}`);
        const answer = await fetch(`${url}/select/logsql/query?query=${query}`, { headers });
        const text = (await answer.text()).trim();
        return text === "" ? undefined : (JSON.parse(text.split("\n")[0]!) as Record<string, string>);
      });
      assert.deepEqual([found["k8s.namespace.name"], found["k8s.pod.name"]], ["default", "printing"]);
      const [network] = await arrives("the node's network is measured", async () => {
        const series = await evaluated(main, 'system_network_io_bytes_total{device="cni0",direction="transmit"}');
        return series.length > 0 ? series : undefined;
      });
      assert.ok(network!.value > 0);
    } finally {
      await kubectl("delete", "pod", "printing", "--namespace=default", "--wait=false", "--grace-period=1");
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
    const used = await arrives("every volume is measured", async () => {
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
    const url = await otlp();
    let flows = true;
    const sending = (async () => {
      const sent: LoadResult[] = [];
      while (flows) sent.push(await load({ url, seconds: 10, spansPerSecond: 200, failed: true }));
      return sent.reduce(together);
    })();
    for (const { metadata } of pods) {
      await kubectl("delete", "pod", metadata.name, "--namespace", metadata.namespace);
      await allReady(size, ...namespaces);
      say(`deleted ${metadata.name}`);
    }
    flows = false;
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

  for (const [kind, role] of [
    ["deployment", "gateway"],
    ["statefulset", "sampler"],
  ] as const) {
    it(`keeps spans of every size while the ${role}s are away for a minute`, async () => {
      const scale = (replicas: number) => kubectl("scale", kind, role, "--namespace", main, `--replicas=${replicas}`);
      await scale(0);
      await allReady(size - 2, ...namespaces);
      const [sent] = await Promise.all([sendSizes(await otlp()), wait(60_000)]);
      await scale(2);
      await allReady(size, ...namespaces);
      const { acknowledgedSpans, foundSpans, missing } = await compareWithJaeger(await jaeger(), sent, 2 * arrival);
      say(`${acknowledgedSpans} spans acknowledged meanwhile, ${foundSpans} distinct ones in Jaeger`);
      assert.deepEqual(
        { acknowledgedSpans, foundSpans, missing: missing.slice(0, 5) },
        { acknowledgedSpans: 42_001, foundSpans: 42_001, missing: [] },
      );
      const cut = await arrives("a span is counted as cut", async () => {
        const found = await evaluated(main, "sum(sightline_spans_truncated_total)");
        return found.length > 0 ? found : undefined;
      });
      assert.ok(cut[0]!.value >= 1, "the span of 6 MB is counted as cut");
    });
  }

  it("keeps lines and points while their stores are away for a minute", async () => {
    const stores = ["statefulset/victorialogs", "statefulset/prometheus"];
    const scale = (replicas: number) => kubectl("scale", ...stores, "--namespace", main, `--replicas=${replicas}`);
    await scale(0);
    await allReady(size - 2, ...namespaces);
    const send = async (url: string) => {
      await sendPoints(url);
      await sendLines(url);
    };
    await Promise.all([send(await otlp()), wait(60_000)]);
    await scale(1);
    await allReady(size, ...namespaces);
    const [logs, headers] = [await serviceUrl("victorialogs", main, 9428), await shownIn(main)];
    const lines = await arrives("all lines are stored", async () => {
      const found = await countStoredLines(logs, "sized", headers);
      return found >= absentLines ? found : undefined;
    });
    const points = await arrives("all points are stored", async () => {
      const [found] = await evaluated(main, "sum(count_over_time(absence[15m]))");
      return found !== undefined && found.value >= absentPoints ? found.value : undefined;
    });
    say(`${lines} lines and ${points} points acknowledged meanwhile were found`);
    assert.deepEqual({ lines, points }, { lines: absentLines, points: absentPoints });
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
    const alerts = await arrives("the alert fires", async () => {
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
  const processOf = (service: string, { url, headers = {} }: Backend): Promise<Readonly<Record<string, unknown>>> =>
    arrives("a trace of the service is stored", async () => {
      const answer = await fetch(`${url}/api/traces?service=${service}`, { headers });
      const { data } = (await answer.json()) as { data: readonly { processes: Record<string, { tags: Tag[] }> }[] };
      const [process] = Object.values(data[0]?.processes ?? {});
      return process && Object.fromEntries(process.tags.map(({ key, value }) => [key, value]));
    });

  const together = (a: LoadResult, b: LoadResult): LoadResult => ({
    acknowledgedSpans: a.acknowledgedSpans + b.acknowledgedSpans,
    acknowledged: new Map([...a.acknowledged, ...b.acknowledged]),
    rejectedSpans: a.rejectedSpans + b.rejectedSpans,
    abandonedSpans: a.abandonedSpans + b.abandonedSpans,
    retries: a.retries + b.retries,
    seconds: a.seconds + b.seconds,
    spansPerSecond: b.spansPerSecond,
  });

  async function complete(sent: Awaited<ReturnType<typeof load>>): Promise<void> {
    const { acknowledgedSpans, acknowledged, rejectedSpans, abandonedSpans, retries } = sent;
    assert.deepEqual({ rejectedSpans, abandonedSpans }, { rejectedSpans: 0, abandonedSpans: 0 });
    const { foundSpans, missing } = await compareWithJaeger(await jaeger(), acknowledged, arrival);
    say(`${acknowledgedSpans} spans acknowledged (${retries} sent again), ${foundSpans} distinct ones in Jaeger`);
    assert.deepEqual({ foundSpans, missing: missing.slice(0, 5) }, { foundSpans: acknowledgedSpans, missing: [] });
  }
});
