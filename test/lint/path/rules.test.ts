import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inSeconds } from "../../../components/core/units";
import { lintPath, pathRules } from "../../../components/lint/path";
import type { Edge, Hop, PathGraph } from "../../../components/path/graph";
import { Refusal } from "../../../components/core/problems";
import { settingsFrom } from "../../../configs/settings-from";
import { committedStacks, settingsOfStack } from "../../../configs/stack-file";
import { graphOfStack } from "../../../stacks/path";
import { randomStacks } from "../../support/random-stacks";

const hour = inSeconds("1h");

/** Stacks by chance that are not refused, as graphs. */
const graphs = randomStacks(200).flatMap((raw): { raw: object; graph: PathGraph }[] => {
  try {
    return [{ raw, graph: graphOfStack(settingsFrom("random", raw)) }];
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
});

const withEdge = (graph: PathGraph, change: (edge: Edge) => Edge): PathGraph => ({
  ...graph,
  edges: graph.edges.map((edge, i) => (i === 0 ? change(edge) : edge)),
});
const withHop = ({ hops, edges }: PathGraph, name: string, change: Partial<Hop>): PathGraph => ({
  hops: hops.map((hop) => (hop.name === name ? { ...hop, ...change } : hop)),
  edges,
});

/** What breaks each rule in any stack, and where it is found. */
const faults: Readonly<Record<string, (graph: PathGraph) => { broken: PathGraph; path: string }>> = {
  "request-too-large": (graph) => {
    const { from, by, sends = 0 } = graph.edges[0]!;
    const broken = withEdge(graph, (edge) => ({ ...edge, sends: sends || 1024, takes: (sends || 1024) / 2 }));
    return { broken, path: `${from}.exporters.${by}` };
  },
  "state-over-memory": (graph) => {
    const { name, state } = graph.hops.find((hop) => hop.state.length > 0)!;
    const all = state.reduce((sum, { bytes }) => sum + bytes, 0);
    return { broken: withHop(graph, name, { memory: all }), path: `memory.${name}` };
  },
  "window-too-short": (graph) => ({ broken: withHop(graph, "prometheus", { window: 1_800 }), path: "prometheus" }),
  "gives-up": (graph) => {
    const i = graph.edges.findIndex(({ queue }) => queue !== undefined);
    const { from, by, queue } = graph.edges[i]!;
    const edges = graph.edges.map((edge, n) => (n === i ? { ...edge, queue: { ...queue!, triesFor: 300 } } : edge));
    return { broken: { ...graph, edges }, path: `${from}.exporters.${by}` };
  },
};

describe("rules over a path as a whole", () => {
  it("find nothing in the committed stacks", () => {
    for (const stack of committedStacks) assert.deepEqual(lintPath(graphOfStack(settingsOfStack(stack)), hour), []);
  });

  it("find nothing in any stack: no request is larger than its end takes, and what is kept fits into memory", () => {
    assert.ok(graphs.length >= 100, `only ${graphs.length} of 200 were stacks`);
    for (const { raw, graph } of graphs) assert.deepEqual(lintPath(graph, hour), [], JSON.stringify(raw));
    const edges = graphs.flatMap(({ graph }) => graph.edges);
    const known = edges.filter(({ sends, takes }) => sends !== undefined && takes !== undefined);
    assert.ok(known.length > graphs.length, `${known.length} edges of ${edges.length} have both sizes`);
  });

  it("find each fault, in every stack, where it is, and nothing else", () => {
    assert.deepEqual(
      Object.keys(faults),
      pathRules.map(({ code }) => code),
    );
    for (const { graph } of graphs) {
      for (const [code, seeded] of Object.entries(faults)) {
        const { broken, path } = seeded(graph);
        assert.deepEqual(
          pathRules.flatMap((rule) => rule.find(broken, hour).map((problem) => [rule.code, problem.path])),
          [[code, path]],
        );
      }
    }
  });

  it("say what is wrong and what to do", () => {
    const graph = graphOfStack(settingsOfStack("prod"));
    const said = Object.values(faults).flatMap((seeded) => lintPath(seeded(graph).broken, hour));
    assert.deepEqual(
      said.map(({ path, value, reason, remedy }) => `${path}: ${reason}, got ${String(value)}; ${remedy}`),
      [
        "agent.exporters.otlp_grpc/gateway: gateway accepts requests of 5 MiB and permanently refuses larger ones, got 9 MiB; send at most 5 MiB per request, or raise the limit of gateway",
        "memory.gateway: senders can make it hold 256 MiB (series 256 MiB), more than 80 % of its memory, got 256 MiB; set it to 320 MiB, or lower the limits on what it keeps",
        "prometheus: it refuses older data, and after an outage of 1 h data waiting in agent, gateway, sampler, node-reader is too old, got 0.5 h; increase its retention, or plan for a shorter outage",
        "agent.exporters.otlp_grpc/gateway: data that gateway has not taken by then is dropped although it was acknowledged to senders, got 300 s; retry without end (max_elapsed_time: 0s)",
      ],
    );
  });

  it("are in docs/lint.md, each with what it finds", () => {
    const document = readFileSync(join(__dirname, "../../../docs/lint.md"), "utf8");
    const rows = [...document.matchAll(/^\| `([a-z-]+)` +\| ([^|]*?) +\|$/gm)];
    assert.deepEqual(
      rows.map(([, code, finds]) => ({ code, finds })),
      pathRules.map(({ code, finds }) => ({ code, finds })),
    );
  });
});
