import assert from "node:assert/strict";
import {
  attributes,
  bearerTokenAuth,
  debug,
  k8sAttributes,
  nop,
  otlp,
  otlpGrpc,
  otlpHttp,
  probabilisticSampler,
  spanMetrics,
  tailSampling,
} from "../../components/collector/parts";
import type { Pipelines } from "../../components/collector/pipeline";
import { otelCollector, type OtelCollectorArgs } from "../../components/collector/workload";
import { external } from "../../components/core/platform";
import { Refusal, sentence } from "../../components/core/problems";
import type { Workload } from "../../components/core/workload";
import { jaeger } from "../../components/jaeger/workload";
import { loki } from "../../components/logs/workload";
import { dockerPlanner } from "../../components/platforms/docker/plan";
import { prometheus } from "../../components/prometheus/workload";
import { badger } from "../../components/storage/backends/badger";
import { memory } from "../../components/storage/backends/memory";
import { settingsFrom } from "../../configs/schema";
import { hostOf } from "../../stacks/host";
import { describedSecrets, observability } from "../../stacks/observability";

/** What a user did wrong: what was to be planned, and every sentence of the one refusal that comes of it. */
type Case = readonly [plan: () => unknown, ...sentences: string[]];

/** A whole stack with these settings. */
const set = (raw: Record<string, unknown>) => () => {
  const settings = settingsFrom("dev", raw);
  const planner = dockerPlanner(hostOf(settings));
  return planner.plan(observability(settings, planner, describedSecrets));
};

/** A stack composed by hand. */
const composed =
  (...workloads: readonly Workload[]) =>
  () =>
    dockerPlanner({ name: "dev" }).plan(workloads);

const collector = (traces: Pipelines["traces"], args: Partial<OtelCollectorArgs> = {}) =>
  otelCollector("collector", { pipelines: { traces: traces! }, ...args });
const disk = badger({ size: "20 GiB" });
const far = external("traces.example:4317");
const token = bearerTokenAuth({ token: { secret: "token" } });
const receive = { receivers: [otlp()] } as const;
const keepAll = tailSampling({ policies: [{ name: "all", type: "always_sample" }] });
const label = attributes({ actions: [{ key: "team", action: "upsert", value: "shop" }] });
const onDisk = (name: string) => otlpGrpc({ name, to: far, queue: { durability: "disk" } });

const settings: Readonly<Record<string, Case>> = {
  "a misspelt setting": [set({ durabilty: "disk" })],
  "a misspelt setting inside another": [set({ memory: { loky: "1 GiB" } })],
  "a number where a size is meant": [set({ queueSize: 2 })],
  "a text where true or false is meant": [set({ grafana: "yes" })],
  "a platform that is not there": [set({ platform: "nomad" })],
  "a durability that is not there": [set({ durability: "tape" })],
  "port 0": [set({ ports: { loki: 0 } })],
  "a port above all ports": [set({ ports: { loki: 65536 } })],
  "a port as text": [set({ ports: { loki: "3100" } })],
  "a retention without unit": [set({ metricsRetention: "15" })],
  "a retention as number": [set({ logsRetention: 7 })],
  "a size with a decimal unit": [set({ metricsSize: "10 GB" })],
  "a name that no engine takes": [set({ name: "Dev Stack" })],
  "an engine without scheme": [set({ dockerHost: "localhost" })],
  "a host name where an address is meant": [set({ otlpAddress: "localhost" })],
  "OTLP open to the world without auth": [set({ otlpAddress: "0.0.0.0" })],
  "UIs open to the world": [set({ uiAddress: "192.0.2.1" })],
  "an empty token": [set({ otlpToken: "" })],
  "a sampling file outside its folder": [set({ sampling: "../dev.json" })],
  "a sampling file that is not there": [set({ sampling: "none.json" })],
  "a missing image tag": [set({ images: { jaeger: { tag: "", version: "2.20.0" } } })],
  "an image whose version nobody knows": [set({ images: { jaeger: { tag: "mine" } } })],
  "an image version that is none": [set({ images: { jaeger: { tag: "latest", version: "latest" } } })],
  "half a digest": [set({ images: { loki: { digest: "sha256:abc" } } })],
  "a user by name": [set({ images: { loki: { user: "loki" } } })],
  "a Jaeger that is too old": [set({ images: { jaeger: { tag: "2.12.0", version: "2.12.0" } } })],
  "a Collector that is too old": [set({ images: { collector: { tag: "0.150.0", version: "0.150.0" } } })],
  "a storage that is not there": [set({ storage: { kind: "cassandra" } })],
  "a storage without kind": [set({ storage: { size: "20 GiB" } })],
  "a storage as text": [set({ storage: "badger" })],
  "Badger without size": [set({ storage: { kind: "badger" } })],
  "traces kept for a time without unit": [set({ storage: { kind: "badger", size: "20 GiB", retention: "72" } })],
  "an option that Badger has not": [set({ storage: { kind: "badger", size: "20 GiB", ttl: "72h" } })],
  "a memory storage for no trace": [set({ storage: { kind: "memory", maxTraces: 0 } })],
  "two programs on one outside port": [set({ ports: { jaeger: 3000 } })],
  "OTLP by gRPC and by HTTP on one outside port": [set({ ports: { otlpGrpc: 4318 } })],
  "logs kept for less than Loki can": [set({ logsRetention: "12h" })],
  "less room for metrics than Prometheus needs": [set({ metricsSize: "100 MiB" })],
  "a disk too small for the queues on it": [set({ queueSize: "64 MiB" })],
  "less memory than Docker gives": [set({ memory: { loki: "4 MiB" } })],
};

const compositions: Readonly<Record<string, Case>> = {
  "Badger with two replicas": [composed(jaeger("jaeger", { storage: disk, replicas: 2 }))],
  "Badger in a Jaeger that only stores": [composed(jaeger("jaeger", { storage: disk, role: "collector" }))],
  "sampling by a Jaeger that only answers": [
    composed(
      jaeger("jaeger", {
        storage: { ...memory(), shared: true },
        role: "query",
        sampling: { default_strategy: { type: "probabilistic", param: 1 } },
      }),
    ),
  ],
  "a share of traces above one": [
    composed(
      jaeger("jaeger", { storage: disk, sampling: { default_strategy: { type: "probabilistic", param: 10 } } }),
    ),
  ],
  "traces kept for a time without unit": [
    composed(jaeger("jaeger", { storage: badger({ size: "20 GiB", retention: "72" as "72h" }) })),
  ],
  "no replicas of Jaeger": [composed(jaeger("jaeger", { storage: disk, replicas: 0 }))],
  "no replicas of a Collector": [
    composed(collector({ ...receive, exporters: [nop()] }, { placement: { replicas: 0 } })),
  ],
  "replicas that publish a port": [
    composed(
      collector({ receivers: [otlp({ reach: "outside" })], exporters: [nop()] }, { placement: { replicas: 2 } }),
    ),
  ],
  "processors in the wrong order by hand": [
    composed(collector({ ...receive, processors: { inOrder: [keepAll, label] }, exporters: [nop()] })),
  ],
  "a connector that nothing receives from": [composed(collector({ ...receive, exporters: [spanMetrics()] }))],
  "a connector that nothing exports to": [
    composed(
      otelCollector("collector", { pipelines: { metrics: { receivers: [spanMetrics()], exporters: [nop()] } } }),
    ),
  ],
  "a queue that refuses behind a processor that has accepted": [
    composed(collector({ ...receive, processors: [keepAll], exporters: [otlpGrpc({ name: "far", to: far })] })),
  ],
  "a queue smaller than one batch": [
    composed(
      collector({
        ...receive,
        exporters: [otlpHttp({ name: "far", to: far, queue: { durability: "disk", disk: "64 MiB" } })],
      }),
    ),
  ],
  "a queue for nothing": [
    composed(collector({ ...receive, exporters: [otlpHttp({ name: "far", to: far, queue: { capacity: 0 } })] })),
  ],
  "more queues on a disk than it has room for": [
    composed(collector({ ...receive, exporters: [onDisk("a"), onDisk("b"), onDisk("c"), onDisk("d")] })),
  ],
  "two exporters of one name": [
    composed(collector({ ...receive, exporters: [debug(), debug({ verbosity: "detailed" })] })),
  ],
  "a token on a connection that is not encrypted": [
    composed(collector({ ...receive, exporters: [otlpGrpc({ name: "far", to: far, auth: token })] })),
  ],
  "more than all traces": [
    composed(collector({ ...receive, processors: [probabilisticSampler({ percentage: 101 })], exporters: [nop()] })),
  ],
  "rights on the Kubernetes API": [
    composed(collector({ ...receive, processors: [k8sAttributes()], exporters: [nop()] })),
  ],
  "no pipelines": [composed(otelCollector("collector", { pipelines: {} }))],
  "two workloads of one name": [
    composed(loki("logs", { size: "10 GiB" }), prometheus("logs", { size: "10 GiB", scrape: {} })),
  ],
  "two workloads on one outside port": [
    composed(
      loki("loki", { size: "10 GiB", outside: 9090 }),
      prometheus("prometheus", { size: "10 GiB", outside: 9090, scrape: {} }),
    ),
  ],
  "a neighbour that is not there": [
    composed(
      loki("loki", { size: "10 GiB" }),
      prometheus("prometheus", {
        size: "10 GiB",
        scrape: { gone: [{ host: "gone", port: 80, of: { workload: "gone", port: "http" } }] },
      }),
    ),
  ],
  "a scrape of nothing": [composed(prometheus("prometheus", { size: "10 GiB", scrape: { gone: [] } }))],
};

/** Sentences of a refusal, which must say that it is one and how much it found. */
function refusalOf(plan: () => unknown): string[] {
  try {
    plan();
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    return error.problems.map(sentence);
  }
  return [];
}

describe("dump", () => {
  it("all", () => {
    for (const [k, [plan]] of [...Object.entries(settings), ...Object.entries(compositions)]) {
      let got; try { got = refusalOf(plan) } catch (e) { got = ["ERR " + (e as Error).stack] }
      console.log(`## ${k}\n` + got.map((s) => JSON.stringify(s)).join("\n"));
    }
  });
});
