import { budgets, servicesAtLimit } from "../collector/budgets";
import { goRuntime, memoryLimiter } from "../collector/processors/memory-limiter";
import { inBytes, type Size } from "../core/units";
import type { CapacityPlan } from "./plan";
import { inUnits, short } from "./write";

/** Rows under a line of headings, as text. */
export interface Table {
  readonly title: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const none = "–";

/** A plan in tables, sizes in binary units. */
export const tables = (plan: CapacityPlan): readonly Table[] => [
  hopTable(plan),
  memoryTable(plan),
  backendTable(plan),
  restTable(plan),
];

const hopTable = ({ hops }: CapacityPlan): Table => ({
  title: "Hops at peak",
  headings: [
    "hop",
    "spans/s",
    "bytes/s",
    "CPU in use",
    "replicas",
    "CPU each",
    "memory each",
    "queue each",
    "disk each",
  ],
  rows: hops.map((hop) => [
    hop.name,
    short(hop.spansPerSecond),
    inUnits(hop.bytesPerSecond),
    short(hop.cpu),
    short(hop.replicas),
    short(hop.cpuEach),
    inUnits(hop.memoryEach),
    hop.queueEach === undefined ? none : inUnits(hop.queueEach),
    hop.diskEach === undefined ? none : inUnits(hop.diskEach),
  ]),
});

/** What each Collector may keep for names that senders choose, and where it collects garbage and refuses. */
const memoryTable = ({ hops, metrics }: CapacityPlan): Table => ({
  title: "Memory of each Collector, and what fits into it",
  headings: [
    "hop",
    "memory",
    "heap grows to",
    "refuses from",
    "refuses all at",
    "series of spans",
    "of one service",
    "calls that wait",
    "edges",
    "one trace",
  ],
  rows: hops
    .filter(({ name }) => name === "gateway" || name === "sampler")
    .map(({ name, memoryEach }) => {
      const memory: Size = `${memoryEach / 1024 ** 2} MiB`;
      const { limit_mib: limit, spike_limit_mib: spike } = limiterOf(memory);
      const { seriesPerService, waitingCalls, edges, traceSize } = budgets(memory);
      const measures = name === "gateway";
      return [
        name,
        inUnits(memoryEach),
        goRuntime(memory).GOMEMLIMIT.replace("MiB", " MiB"),
        `${limit - spike} MiB`,
        `${limit} MiB`,
        measures ? short(seriesPerService * servicesAtLimit) : none,
        measures ? short(seriesPerService) : none,
        measures ? none : short(waitingCalls),
        // Prometheus keeps those of all samplers.
        measures ? none : short(Math.min(edges, metrics.edgeRoom)),
        measures ? none : inUnits(inBytes(traceSize)),
      ];
    }),
});

const limiterOf = (memory: Size) =>
  memoryLimiter({ memory }).config as { readonly limit_mib: number; readonly spike_limit_mib: number };

const backendTable = ({ backends, demand }: CapacityPlan): Table => ({
  title: `Trace storage for ${demand.retention}`,
  headings: [
    "backend",
    "suits",
    "a month",
    "held",
    "nodes",
    "disk each",
    "memory each",
    "CPUs each",
    "shards a day × size",
    "why",
  ],
  rows: backends.map((backend) => [
    backend.kind,
    backend.suits ? "yes" : "no",
    inUnits(backend.writtenPerMonth),
    inUnits(backend.held),
    short(backend.nodes),
    inUnits(backend.diskEach),
    backend.memoryEach === undefined ? none : inUnits(backend.memoryEach),
    backend.cpuEach === undefined ? none : short(backend.cpuEach),
    backend.shards === undefined
      ? none
      : `${short(backend.shards.primariesPerDay)} × ${inUnits(backend.shards.shardBytes)}`,
    backend.reasons.join("; "),
  ]),
});

const restTable = ({ metrics, logs, buffer, demand }: CapacityPlan): Table => ({
  title: "Metrics, logs, and a buffer where there is one",
  headings: ["what", "needs"],
  rows: [
    ["series from spans", short(metrics.spanSeries)],
    ["series of the service graph", short(metrics.graphSeries)],
    ["series that services send themselves", short(metrics.ownSeries)],
    ["samples/s", short(metrics.samplesPerSecond)],
    ["Prometheus, memory", inUnits(metrics.memory)],
    ["series that fit into this memory", short(metrics.room)],
    ["Prometheus, CPU", short(metrics.cpu)],
    [`Prometheus, disk for ${demand.metricsRetention}`, inUnits(metrics.disk)],
    ["logs a second", inUnits(logs.bytesPerSecond)],
    [`Loki, disk for ${demand.logsRetention}`, inUnits(logs.disk)],
    [`Kafka, brokers × disk for ${demand.bufferOutage}`, `${short(buffer.brokers)} × ${inUnits(buffer.diskEach)}`],
    ["Loki, processes", logs.singleProcess ? "1" : "more than one: beyond 20 GB a day"],
  ],
});
