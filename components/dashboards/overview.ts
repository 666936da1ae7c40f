import type { LogStoreKind } from "../logs";
import type { Board } from "./board";
import { boards, toBoard } from "./links";
import { bars, number, timeseries } from "./panels";
import { alerts, firing, flow, ingest, lost, queues, refusals, room, storageErrors, turnedAway, up } from "./queries";
import { table } from "./table";

const noRoom = "the rules of this Prometheus do not count what there is room for";
const perPart = (label: string) => ({ by: ["job", label] });

/** Is tracing itself healthy, and is anything being dropped? */
export const overviewBoard = (store: LogStoreKind): Board => ({
  uid: boards.overview,
  title: "Overview",
  description: "Is tracing itself healthy, and is anything being dropped?",
  links: [
    toBoard("services", "Services"),
    toBoard("serviceGraph", "Service graph"),
    toBoard("collector", "Collector"),
    toBoard("jaeger", "Jaeger"),
  ],
  rows: {
    "Is tracing healthy?": [
      number({
        title: "Lost",
        description:
          "Spans, points and log records gone for good over the time shown, wherever it happened. Zero is the only good number; the row below says where.",
        width: "quarter",
        height: "low",
        unit: "short",
        colours: { green: null, red: 1 },
        queries: [{ expr: lost.total }],
      }),
      number({
        title: "Turned away",
        description:
          'Answered "not now" over the time shown, for want of memory or room. Senders try again: a warning, not a loss.',
        width: "quarter",
        height: "low",
        unit: "short",
        colours: { green: null, orange: 1 },
        link: toBoard("collector", "Collector"),
        queries: [{ expr: turnedAway }],
      }),
      number({
        title: "Storage errors",
        description: "Times the storage of traces said no over the time shown, to a write or to a read.",
        width: "quarter",
        height: "low",
        unit: "short",
        colours: { green: null, red: 1 },
        link: toBoard("jaeger", "Jaeger"),
        queries: [{ expr: storageErrors }],
      }),
      number({
        title: "Alerts firing",
        description: "Alerts that fire now; the list is below.",
        width: "quarter",
        height: "low",
        unit: "short",
        colours: { green: null, red: 1 },
        queries: [{ expr: firing }],
      }),
      number({
        title: "Programs",
        description: "Whether Prometheus reaches each program of the stack.",
        width: "half",
        height: "low",
        unit: "short",
        colours: { red: null, green: 1 },
        words: { 0: "down", 1: "up" },
        queries: [{ expr: up, legend: "{{job}}" }],
      }),
      bars({
        title: "Queues",
        description: "Share of each queue in use. A full queue turns senders away.",
        width: "half",
        height: "low",
        unit: "percentunit",
        max: 1,
        colours: { green: null, orange: 0.5, red: 0.8 },
        queries: [{ expr: queues.fill(), legend: "{{job}} {{exporter}}" }],
      }),
    ],
    "Is anything being dropped?": [
      bars({
        title: "Lost, by what happened",
        description:
          "Every way in which data can be lost that a program counts, with what it has cost over the time shown.",
        width: "third",
        height: "high",
        unit: "short",
        colours: { green: null, red: 1 },
        queries: lost.byKind.map(({ kind, expr }) => ({ expr, legend: kind })),
      }),
      table({
        title: "Lost, by place",
        description: "The program and the part of it that lost something over the time shown. Empty is good.",
        width: "third",
        height: "high",
        rows: { kind: "What happened", job: "Program", part: "Part" },
        columns: { Lost: { unit: "short", expr: lost.where, mayBeEmpty: "nothing is lost" } },
      }),
      table({
        title: "Alerts",
        description: "What fires now. Empty is good.",
        width: "third",
        height: "high",
        rows: { alertname: "Alert", severity: "Severity", job: "Program" },
        columns: { Firing: { unit: "short", expr: alerts, mayBeEmpty: "no alert fires" } },
      }),
    ],
    "On the way to storage": [
      timeseries({
        title: "Spans",
        description:
          "Spans each second at every step. The steps of one path run together unless something is lost, sampled or waiting.",
        width: "half",
        unit: "cps",
        queries: [
          { expr: flow("accepted", "spans", perPart("receiver")), legend: "{{job}}: accepted by {{receiver}}" },
          { expr: flow("sent", "spans", perPart("exporter")), legend: "{{job}}: sent by {{exporter}}" },
        ],
      }),
      timeseries({
        title: "Series in Prometheus",
        description:
          "Series that Prometheus holds in memory, and about how many fit. Nothing limits them: a line that goes up steadily is a metric with an attribute that differs in each request. They go within three hours after they end.",
        width: "half",
        unit: "short",
        queries: [
          { expr: room.series.held, legend: "held" },
          { expr: room.series.most, legend: "room", mayBeEmpty: noRoom },
        ],
      }),
      timeseries({
        title: "Refused by stores",
        description:
          "What Prometheus and the store of logs do not take, each second, and why. The sender counts it as lost, unless it can send it again. Log records that are cut before are kept, and marked sightline.truncated; points that are changed before are, too, and marked sightline_changed.",
        width: "half",
        unit: "cps",
        queries: [
          { expr: refusals.samples, legend: "samples: too old" },
          {
            expr: refusals.unfitPoints,
            legend: "points: too old or too coarse",
            mayBeEmpty: "the counter begins with the first of them",
          },
          {
            expr: refusals.changedPoints,
            legend: "points changed: {{service_name}}",
            mayBeEmpty: "every point is as Prometheus takes it",
          },
          {
            expr: refusals.lines(store),
            legend: "log lines: {{reason}}",
            mayBeEmpty: "the counter begins with the first refusal",
          },
          {
            expr: refusals.cutLines,
            legend: "log records cut: {{service_name}}",
            mayBeEmpty: "no record is too long",
          },
        ],
      }),
      timeseries({
        title: "Metrics, exemplars and log lines stored",
        description:
          "What Prometheus and the store of logs take each second. Exemplars lead from charts to traces: without them, span metrics do not send any.",
        width: "half",
        unit: "cps",
        queries: [
          { expr: ingest.samples, legend: "samples" },
          { expr: ingest.exemplars, legend: "exemplars" },
          { expr: ingest.lines(store), legend: "log lines", mayBeEmpty: "no log lines have come" },
        ],
      }),
    ],
  },
});
