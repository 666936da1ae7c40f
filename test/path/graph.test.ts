import assert from "node:assert/strict";
import { carrying } from "../../components/path/graph";
import { inUpdateOrder } from "../../components/path/update-order";
import { graphOf } from "../../components/path/written-graph";
import { read } from "../../components/path/read";
import { settingsFrom } from "../../configs/settings-from";
import { settingsOfStack } from "../../configs/stack-file";
import { describedSecrets, observability } from "../../stacks/observability";
import { graphOfStack } from "../../stacks/path";
import { plannerOf } from "../../stacks/planner";
import { filesOf } from "../../stacks/rendered";

const mebibyte = 1024 ** 2;

describe("the path of a stack as a graph", () => {
  const graph = graphOfStack(settingsOfStack("prod"));

  it("has what each exporter sends, what the other end takes, and where it waits", () => {
    assert.deepEqual(
      graph.edges.map(({ from, to, signals, sends = 0, takes = 0, queue }) => [
        `${from} → ${to}`,
        signals.join(),
        sends / mebibyte,
        takes / mebibyte,
        queue && `${queue.on} ${queue.most} ${queue.of} ${queue.whenFull}`,
      ]),
      [
        ["agent → gateway", "traces", 9, 9, `disk ${5 * 1024 ** 3} bytes refuse`],
        ["agent → prometheus", "metrics", 9, 0, `disk ${5 * 1024 ** 3} bytes refuse`],
        ["agent → victorialogs", "logs", 9, 64, `disk ${5 * 1024 ** 3} bytes refuse`],
        ["gateway → sampler", "traces", 10, 10, undefined],
        ["gateway → prometheus", "metrics", 10, 0, "memory 100000 items refuse"],
        ["sampler → jaeger", "traces", 11, 128, `disk ${5 * 1024 ** 3} bytes wait`],
        ["sampler → prometheus", "metrics", 11, 0, "memory 100000 items refuse"],
        ["node-reader → prometheus", "metrics", 9, 0, `disk ${5 * 1024 ** 3} bytes refuse`],
        ["node-reader → victorialogs", "logs", 9, 64, `disk ${5 * 1024 ** 3} bytes refuse`],
      ],
    );
  });

  it("says what an answer means: that of a gateway is the sampler's", () => {
    const answers = Object.fromEntries(graph.hops.map((hop) => [hop.name, hop.answers]));
    const onDisk = "queued on disk";
    assert.deepEqual(answers, {
      agent: { traces: onDisk, metrics: onDisk, logs: onDisk },
      gateway: { traces: "waits in memory" },
      sampler: { traces: "waits in memory" },
      "node-reader": {},
      jaeger: { traces: "stored" },
      prometheus: {},
      victorialogs: {},
    });
  });

  it("says how much names and traces can take, and how old a sample or a line may be", () => {
    const sampler = graph.hops.find(({ name }) => name === "sampler");
    assert.deepEqual(
      sampler?.state.map(({ of, most, bytes }) => [of, most, bytes]),
      [
        ["calls", 30_000, 30_720_000],
        ["edges", undefined, 512 * mebibyte],
        ["traces", 15_000, 307_200_000],
        ["one trace", 1, 384 * mebibyte],
      ],
    );
    assert.deepEqual(
      graph.hops.flatMap(({ name, window }) => (window === undefined ? [] : [[name, window / 3_600]])),
      [
        ["prometheus", 24],
        ["victorialogs", 14 * 24],
      ],
    );
  });

  it("goes through Kafka to Jaeger and its engines", () => {
    const settings = settingsFrom("prod", {
      platform: "kubernetes",
      buffer: { managed: { nodes: 3, size: "50 GiB" } },
      storage: { kind: "opensearch", retention: "7d", managed: { nodes: 3, size: "100 GiB" } },
    });
    const { edges } = graphOfStack(settings);
    assert.deepEqual(
      edges.filter(({ signals }) => signals.includes("traces")).map(({ from, to, protocol }) => [from, to, protocol]),
      [
        ["collector", "kafka", "kafka"],
        ["kafka", "jaeger", "kafka"],
        ["jaeger", "opensearch", "storage"],
      ],
    );
  });

  it("orders updates as spans flow: what takes them is new before what sends them", () => {
    const settings = settingsOfStack("prod");
    const workloads = observability(settings, plannerOf(settings), describedSecrets);
    const names = ["jaeger", "sampler", "gateway", "agent"];
    const updated = inUpdateOrder(workloads).map(({ name }) => name);
    assert.deepEqual(
      updated.filter((name) => names.includes(name)),
      names,
    );
    const edges = carrying(graph, "traces");
    assert.equal(edges.length, 3);
    for (const { from, to } of edges) assert.ok(updated.indexOf(to) < updated.indexOf(from), `${from} → ${to}`);
  });

  it("is the same, read from the files of its processes alone, but for what stands in none", () => {
    const files = filesOf(settingsOfStack("prod"));
    const names = ["agent", "gateway", "sampler", "jaeger"];
    const { written } = read(
      names.map((name) => [`${name}/config.yaml`]),
      (path) => files[path],
    );
    const short = (name: string): string => name.replace("/config.yaml", "");
    const fromFiles = graphOf(written).edges.filter(({ protocol }) => protocol === "grpc");
    assert.deepEqual(
      fromFiles.map((edge) => ({ ...edge, from: short(edge.from), to: short(edge.to) })),
      graph.edges.filter(({ protocol }) => protocol === "grpc"),
    );
  });
});

describe("a path of which a file is missing", () => {
  it("does not lead back to where it came from", () => {
    const files = filesOf(settingsOfStack("prod"));
    const { written } = read([["agent/config.yaml"], ["gateway/config.yaml"]], (path) => files[path]);
    assert.deepEqual(
      graphOf(written)
        .edges.filter(({ signals }) => signals.includes("traces"))
        .map(({ from, to }) => `${from} → ${to}`),
      [
        "agent/config.yaml → gateway/config.yaml",
        "gateway/config.yaml → sampler-peers.sightline-prod.svc.cluster.local:4317",
      ],
    );
  });
});
