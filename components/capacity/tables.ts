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
export const tables = (plan: CapacityPlan): readonly Table[] => [hopTable(plan), backendTable(plan), restTable(plan)];

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
    ["samples/s", short(metrics.samplesPerSecond)],
    ["Prometheus, memory", inUnits(metrics.memory)],
    ["Prometheus, CPU", short(metrics.cpu)],
    [`Prometheus, disk for ${demand.metricsRetention}`, inUnits(metrics.disk)],
    ["logs a second", inUnits(logs.bytesPerSecond)],
    [`Loki, disk for ${demand.logsRetention}`, inUnits(logs.disk)],
    [`Kafka, brokers × disk for ${demand.bufferOutage}`, `${short(buffer.brokers)} × ${inUnits(buffer.diskEach)}`],
    ["Loki, processes", logs.singleProcess ? "1" : "more than one: beyond 20 GB a day"],
  ],
});
