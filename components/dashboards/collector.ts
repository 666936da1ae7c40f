import type { Board } from "./board";
import { boards, toBoard } from "./links";
import { bars, timeseries } from "./panels";
import {
  flow,
  names,
  measuredOfNodes,
  refusedByGuard,
  processes,
  processors,
  programs,
  queues,
  sampling,
  type Place,
  type Signal,
} from "./queries";
import type { Query } from "./targets";

const where = [`job=~"$program"`];
const signals: readonly Signal[] = ["spans", "points", "logs"];

const noSampling = "no Collector of this stack samples traces";
const noGateway = "no Collector of this stack chooses among samplers, or all of them answer";

const per = (place: Place, label: "receiver" | "exporter", mayBeEmpty?: string): Query[] =>
  signals.map((signal) => ({
    expr: flow(place, signal, { by: ["job", label], where }),
    legend: `{{job}} {{${label}}}: ${signal}`,
    ...(mayBeEmpty !== undefined && { mayBeEmpty }),
  }));

/** What comes in, what goes out, what waits, and what it costs. */
export const collectorBoard = (): Board => ({
  uid: boards.collector,
  title: "Collector",
  description:
    "What each Collector takes, sends and keeps waiting. Jaeger is built of the same parts, and is here too.",
  variables: { program: { label: "Program", values: programs, many: true } },
  links: [toBoard("overview", "Overview")],
  rows: {
    In: [
      timeseries({
        title: "Accepted",
        description: "Spans, points and log records taken each second.",
        width: "third",
        unit: "cps",
        queries: per("accepted", "receiver", "no program sends this kind of data"),
      }),
      timeseries({
        title: "Refused",
        description:
          'Answered "not now" each second, for want of memory or room in a queue. The sender tries again: this is back pressure, not loss, until senders give up.',
        width: "third",
        unit: "cps",
        queries: per("refused", "receiver", "no program sends this kind of data"),
      }),
      timeseries({
        title: "Failed inside",
        description: "Lost each second by a fault of the Collector itself. Its log says which.",
        width: "third",
        unit: "cps",
        queries: per("failed", "receiver", "no program sends this kind of data"),
      }),
    ],
    "Before it": [
      timeseries({
        title: "Refused by the guard",
        description:
          "Requests each second that the guard before the first Collector did not pass on, by the limit they go beyond. Its log names the senders.",
        width: "full",
        unit: "reqps",
        queries: [
          {
            expr: refusedByGuard,
            legend: "{{reason}}",
            mayBeEmpty: "no guard stands before this stack, or it has refused nothing",
          },
        ],
      }),
    ],
    "Beside it": [
      timeseries({
        title: "Measured of nodes",
        description:
          "Points each second that node readers get of their machine (host_metrics) and of its kubelet (kubelet_stats). A line at zero measures nothing.",
        width: "full",
        unit: "cps",
        queries: [
          {
            expr: measuredOfNodes,
            legend: "{{receiver}} of {{instance}}",
            mayBeEmpty: "nothing of a node is measured, as where there is no agent",
          },
        ],
      }),
    ],
    Out: [
      timeseries({
        title: "Sent",
        description: "Spans, points and log records the next hop has taken each second.",
        width: "third",
        unit: "cps",
        queries: per("sent", "exporter", "no program sends this kind of data"),
      }),
      timeseries({
        title: "Dropped by the exporter",
        description: "Lost each second: the next hop said no for good, or was tried for as long as is allowed.",
        width: "third",
        unit: "cps",
        queries: per("sendFailed", "exporter", "the counter begins with the first loss"),
      }),
      timeseries({
        title: "Not taken into the queue",
        description: "Found the queue full each second. Senders of spans and logs are told, and try again.",
        width: "third",
        unit: "cps",
        queries: per("enqueueFailed", "exporter", "the counter begins with the first full queue"),
      }),
    ],
    Queues: [
      bars({
        title: "Queue fill",
        description: "Share of each queue in use. A queue that stays above one half has a next hop that is too slow.",
        width: "quarter",
        unit: "percentunit",
        max: 1,
        colours: { green: null, orange: 0.5, red: 0.8 },
        queries: [{ expr: queues.fill(where), legend: "{{job}} {{exporter}}" }],
      }),
      timeseries({
        title: "Waiting",
        description: "What waits in each queue on disk, and how much there is room for.",
        width: "quarter",
        unit: "bytes",
        queries: [
          { expr: queues.onDisk.waiting, legend: "{{job}} {{exporter}}: waiting", mayBeEmpty: "no queue is on disk" },
          { expr: queues.onDisk.room, legend: "{{job}} {{exporter}}: room", mayBeEmpty: "no queue is on disk" },
        ],
      }),
      timeseries({
        title: "Waiting in memory",
        description: "Items that wait in each queue in memory, and for how many there is room.",
        width: "quarter",
        unit: "short",
        queries: [
          {
            expr: queues.inMemory.waiting,
            legend: "{{job}} {{exporter}}: waiting",
            mayBeEmpty: "no queue is in memory",
          },
          { expr: queues.inMemory.room, legend: "{{job}} {{exporter}}: room", mayBeEmpty: "no queue is in memory" },
        ],
      }),
      timeseries({
        title: "Requests under way",
        description: "Requests that the next hop has not answered yet.",
        width: "quarter",
        unit: "short",
        queries: [{ expr: queues.inFlight, legend: "{{job}} {{exporter}}" }],
      }),
    ],
    Processors: [
      timeseries({
        title: "Into and out of processors",
        description: "Items each second. What goes in and does not come out was filtered, sampled or refused.",
        width: "full",
        unit: "cps",
        queries: [
          { expr: processors.incoming, legend: "{{job}} {{processor}} {{otel_signal}}: in" },
          { expr: processors.outgoing, legend: "{{job}} {{processor}} {{otel_signal}}: out" },
        ],
      }),
    ],
    "Tail sampling": [
      timeseries({
        title: "Traces decided",
        description: "Traces kept and dropped each second, once all of their spans should have come.",
        width: "third",
        unit: "cps",
        queries: [{ expr: sampling.decisions, legend: "{{job}} {{decision}}", mayBeEmpty: noSampling }],
      }),
      timeseries({
        title: "Why traces are kept",
        description: "Traces that each policy wants to keep, each second. Several may want the same one.",
        width: "third",
        unit: "cps",
        queries: [{ expr: sampling.kept, legend: "{{policy}}", mayBeEmpty: noSampling }],
      }),
      timeseries({
        title: "Waiting for a decision",
        description:
          "Traces in the memory of each sampler. They are lost when it is killed; when it is asked to stop, it decides first.",
        width: "third",
        unit: "short",
        queries: [{ expr: sampling.waiting, legend: "{{job}} {{instance}}", mayBeEmpty: noSampling }],
      }),
      timeseries({
        title: "Too early, too late, too large",
        description:
          "Traces dropped undecided, for want of room or since they were too large, and spans that came after their trace was dropped, each second.",
        width: "third",
        unit: "cps",
        queries: [
          { expr: sampling.evicted, legend: "{{instance}}: traces without a decision", mayBeEmpty: noSampling },
          {
            expr: sampling.tooLarge,
            legend: "{{instance}}: traces too large",
            mayBeEmpty: "the counter begins with the first that is too large",
          },
          { expr: sampling.late, legend: "{{instance}}: spans after it", mayBeEmpty: noSampling },
        ],
      }),
      timeseries({
        title: "Samplers that gateways know",
        description: "Where two lines differ, spans of one trace go to different samplers.",
        width: "third",
        unit: "short",
        queries: [{ expr: sampling.known, legend: "{{job}} {{instance}}", mayBeEmpty: noGateway }],
      }),
      timeseries({
        title: "Not taken by a sampler",
        description: "Requests each second that a sampler did not answer well. They are sent again, to all of them.",
        width: "third",
        unit: "cps",
        queries: [{ expr: sampling.failing, legend: "{{job}} to {{endpoint}}", mayBeEmpty: noGateway }],
      }),
    ],
    "Names of spans": [
      timeseries({
        title: "Series of each service",
        description:
          "Names of spans, each with its kind, status, route and method. A line that goes up steadily is a service with something in its names that differs in each.",
        width: "half",
        unit: "short",
        queries: [{ expr: names.series, legend: "{{service_name}}" }],
      }),
      timeseries({
        title: "Spans of names beyond the limit",
        description: 'Spans each second that are counted together, as "other names". Traces have their names.',
        width: "half",
        unit: "cps",
        queries: [
          {
            expr: names.folded,
            legend: "{{service_name}}",
            mayBeEmpty: "no service has more names than there is room for",
          },
        ],
      }),
    ],
    Process: [
      timeseries({
        title: "Memory",
        description:
          "Resident memory of the process. The memory limiter refuses before the container's limit is reached.",
        width: "third",
        unit: "bytes",
        queries: [{ expr: processes.memory(where), legend: "{{job}}" }],
      }),
      timeseries({
        title: "CPU",
        description: "CPUs in use.",
        width: "third",
        unit: "short",
        queries: [{ expr: processes.cpu(where), legend: "{{job}}" }],
      }),
      timeseries({
        title: "Time since start",
        description: "A line that falls to zero is a restart.",
        width: "third",
        unit: "s",
        queries: [{ expr: processes.uptime(where), legend: "{{job}}" }],
      }),
    ],
  },
});
