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
import type { Workload } from "../../components/core/workload";
import { jaeger } from "../../components/jaeger/workload";
import { loki } from "../../components/logs/loki/workload";
import { dockerPlanner } from "../../components/platforms/docker/plan";
import { prometheus } from "../../components/prometheus/workload";
import { badger } from "../../components/storage/backends/badger";
import { memory } from "../../components/storage/backends/memory";
import type { Case } from "./bad-settings";

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

/** Workloads composed by hand that must be refused. */
export const badCompositions: Readonly<Record<string, Case>> = {
  "Badger with two replicas": [
    composed(jaeger("jaeger", { storage: disk, replicas: 2 })),
    "jaeger.replicas: only one process at a time can open badger, got 2; set replicas to 1, or use a storage that several processes can share",
    "jaeger.placement.replicas: replicas cannot share a persistent volume, got 2; set replicas to 1",
  ],
  "Badger in a Jaeger that only stores": [
    composed(jaeger("jaeger", { storage: disk, role: "collector" })),
    'jaeger.role: only one process can open badger, so it must both write and query, got "collector"; remove the role, or use a storage that several processes can share',
  ],
  "sampling by a Jaeger that only answers": [
    composed(
      jaeger("jaeger", {
        storage: { ...memory(), shared: true },
        role: "query",
        sampling: { default_strategy: { type: "probabilistic", param: 1 } },
      }),
    ),
    "jaeger.sampling: role query serves no SDKs; give it to the collector",
  ],
  "a share of traces above one": [
    composed(jaeger("jaeger", { storage: disk, sampling: { default_strategy: { type: "probabilistic", param: 10 } } })),
    "jaeger.sampling.default_strategy.param: not a share of traces, got 10; write 0 to 1",
  ],
  "traces kept for a time without unit": [
    composed(jaeger("jaeger", { storage: badger({ size: "20 GiB", retention: "72" as "72h" }) })),
    'jaeger.storage.retention: not a duration, got "72"; write it with its unit, as "72h" or "7d"',
  ],
  "no replicas of Jaeger": [
    composed(jaeger("jaeger", { storage: disk, replicas: 0 })),
    "jaeger.replicas: not a whole number above zero, got 0; write 1 or more",
    "jaeger.placement.replicas: not a number of replicas, got 0; set replicas to 1",
  ],
  "no replicas of a Collector": [
    composed(collector({ ...receive, exporters: [nop()] }, { placement: { replicas: 0 } })),
    "collector.placement.replicas: not a number of replicas, got 0; set replicas to 1",
  ],
  "replicas that publish a port": [
    composed(
      collector({ receivers: [otlp({ reach: "outside" })], exporters: [nop()] }, { placement: { replicas: 2 } }),
    ),
    "collector.placement.replicas: two containers cannot publish the same port, got 2; set replicas to 1",
  ],
  "processors in the wrong order by hand": [
    composed(collector({ ...receive, processors: { inOrder: [keepAll, label] }, exporters: [nop()] })),
    'collector.pipelines.traces.processors: wrong order: tail_sampling is out of place, got ["memory_limiter","tail_sampling","attributes"]; write memory_limiter, attributes, tail_sampling, or give a plain list and the order is derived',
  ],
  "a connector that nothing receives from": [
    composed(collector({ ...receive, exporters: [spanMetrics()] })),
    "collector.connectors.span_metrics: no pipeline receives from it; add it to the receivers of one",
  ],
  "a connector that nothing exports to": [
    composed(
      otelCollector("collector", { pipelines: { metrics: { receivers: [spanMetrics()], exporters: [nop()] } } }),
    ),
    "collector.connectors.span_metrics: no pipeline exports to it; add it to the exporters of one",
  ],
  "a queue that refuses behind a processor that has accepted": [
    composed(collector({ ...receive, processors: [keepAll], exporters: [otlpGrpc({ name: "far", to: far })] })),
    'collector.pipelines.traces.exporters.otlp_grpc/far: tail_sampling has already acknowledged data that a full queue refuses, so that data would be lost; set whenFull: "wait" on its queue',
  ],
  "a queue smaller than one batch": [
    composed(
      collector({
        ...receive,
        exporters: [
          otlpHttp({ name: "far", to: far, queue: { capacity: 100, batch: { sizer: "items", min: 100, max: 200 } } }),
        ],
      }),
    ),
    "collector.otlp_http/far.queue.capacity: smaller than one batch (batch.max is 200), got 100; increase it, or lower batch.max",
  ],
  "a batch that waits for a time without unit": [
    composed(
      collector({ ...receive, exporters: [otlpHttp({ name: "far", to: far, queue: { flush: "200" as "200ms" } })] }),
    ),
    'collector.otlp_http/far.queue.flush: not a duration, got "200"; write it with its unit, as "30s"',
  ],
  "more queues on a disk than it has room for": [
    composed(collector({ ...receive, exporters: [onDisk("a"), onDisk("b"), onDisk("c"), onDisk("d")] })),
    'collector.pipelines: together these queues can fill the disk they share, got ["otlp_grpc/a for traces","otlp_grpc/b for traces","otlp_grpc/c for traces","otlp_grpc/d for traces"]; keep at most 3 of them on disk, the others in memory',
  ],
  "two exporters of one name": [
    composed(collector({ ...receive, exporters: [debug(), debug({ verbosity: "detailed" })] })),
    "collector.exporters.debug: two components share this id but differ; give both the same options, or rename one",
  ],
  "a token on a connection that is not encrypted": [
    composed(collector({ ...receive, exporters: [otlpGrpc({ name: "far", to: far, tls: false, auth: token })] })),
    "collector.otlp_grpc/far.auth: gRPC sends no credentials over an unencrypted connection; set tls: true, or send over otlp_http",
  ],
  "more than all traces": [
    composed(collector({ ...receive, processors: [probabilisticSampler({ percentage: 101 })], exporters: [nop()] })),
    "collector.probabilistic_sampler.percentage: not a percentage, got 101; write a number from 0 to 100",
  ],
  "rights on the Kubernetes API": [
    composed(collector({ ...receive, processors: [k8sAttributes()], exporters: [nop()] })),
    "collector.access: a Docker host has no Kubernetes API; remove the parts that need it, or run the stack on Kubernetes",
  ],
  "no pipelines": [
    composed(otelCollector("collector", { pipelines: {} })),
    "collector.pipelines: empty; write 1 or more",
  ],
  "two workloads of one name": [
    composed(loki("logs", { size: "10 GiB" }), prometheus("logs", { size: "10 GiB", scrape: {} })),
    'logs.name: logs already has a container called dev-logs, got "logs"; give one of them another name',
    'logs.name: logs already has a container called dev-logs-files, got "logs"; give one of them another name',
  ],
  "two workloads on one outside port": [
    composed(
      loki("loki", { size: "10 GiB", outside: 9090 }),
      prometheus("prometheus", { size: "10 GiB", outside: 9090, scrape: {} }),
    ),
    "prometheus.ports.http.outside: loki.ports.http is published under the same number, got 9090; give one of them another published port",
  ],
  "a neighbour that is not there": [
    composed(
      loki("loki", { size: "10 GiB" }),
      prometheus("prometheus", {
        size: "10 GiB",
        scrape: { gone: [{ host: "gone", port: 80, of: { workload: "gone", port: "http" } }] },
      }),
    ),
    'prometheus.connects: no such workload, got "gone.http:80"; add it to the stack, or give the address of an external one',
  ],
  "a scrape of nothing": [
    composed(prometheus("prometheus", { size: "10 GiB", scrape: { gone: [] } })),
    "prometheus.scrape.gone: the job has no targets; add a target, or remove the job",
  ],
};
