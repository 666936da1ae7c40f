import type { LogStoreKind } from "../logs";
import type { Board } from "./board";
import { boards, rowToService, toBoard, toExplore } from "./links";
import { logs as logLines, timeseries, traces } from "./panels";
import * as queries from "./queries";
import type { Slice } from "./promql";
import { table } from "./table";

const where = [`service_name="$service"`];
const whole: Slice = { where };
const byName = { by: ["span_name"], where };
const perEndpoint: Slice = { by: ["span_name"], where, over: "$__range" };
const quantiles = { median: 0.5, "95th percentile": 0.95, "99th percentile": 0.99 };

/** Edges of which the service is one end, with what the other end is called. */
const neighbours = (matcher: string, mayBeEmpty: string) => {
  const slice = { where: [matcher], over: "$__range" };
  return {
    Requests: { unit: "reqps", expr: queries.edges(slice), mayBeEmpty },
    Failed: { unit: "percentunit", expr: queries.edgeErrors(slice), mayBeEmpty },
    "95th percentile": { unit: "s", expr: queries.edgeLatency(0.95, slice), mayBeEmpty },
  };
};

/** One service in depth: its requests, its log lines beside them, its neighbours, its traces. */
export const serviceBoard = (store: LogStoreKind): Board => ({
  uid: boards.service,
  title: "One service",
  description:
    "Rate, errors and duration of one service, its log lines and traces of the same time, and its neighbours.",
  variables: { service: { label: "Service", values: queries.services } },
  links: [
    toBoard("services", "All services"),
    toExplore("Traces in Explore", "jaeger", { queryType: "search", service: "${service}" }),
    toExplore("Logs in Explore", store, { expr: queries.logs[store].lines.replace("$service", "${service}") }),
  ],
  rows: {
    "Requests and log lines": [
      timeseries({
        title: "Request rate",
        description: "Requests the service answers each second, of the 20 endpoints with the most.",
        width: "third",
        unit: "reqps",
        stacked: true,
        queries: [{ expr: queries.busiest(queries.requests(byName), byName), legend: "{{span_name}}" }],
      }),
      timeseries({
        title: "Failed requests",
        description: "Share of requests whose span ended with status error.",
        width: "third",
        unit: "percentunit",
        queries: [{ expr: queries.requestErrors(whole), legend: "failed" }],
      }),
      timeseries({
        title: "Duration",
        description: "Time the service takes to answer. Each point is one request: click it to open its trace.",
        width: "third",
        unit: "ms",
        queries: Object.entries(quantiles).map(([legend, q]) => ({
          expr: queries.requestDuration(q, whole),
          legend,
          exemplars: q === 0.95,
        })),
      }),
      timeseries({
        title: "Log lines by level",
        description: "Log lines the service writes, by their level.",
        width: "third",
        height: "high",
        unit: "short",
        source: store,
        stacked: true,
        queries: [{ expr: queries.logs[store].byLevel, legend: `{{${queries.logs[store].level}}}` }],
      }),
      logLines({
        title: "Log lines",
        description: "The newest log lines of the time shown. A line with a trace id opens its trace.",
        width: "two thirds",
        height: "high",
        source: store,
        query: { expr: queries.logs[store].lines },
      }),
    ],
    Traces: [
      traces({
        title: "Recent traces",
        description: "The newest traces of the time shown in which the service takes part. Click one to open it.",
        width: "full",
        service: "$service",
      }),
    ],
    Endpoints: [
      table({
        title: "Each endpoint",
        description: "Over the time shown.",
        width: "full",
        rows: { span_name: "Endpoint" },
        columns: {
          Requests: { unit: "reqps", expr: queries.requests(perEndpoint) },
          Failed: { unit: "percentunit", expr: queries.requestErrors(perEndpoint) },
          Median: { unit: "ms", expr: queries.requestDuration(0.5, perEndpoint) },
          "95th percentile": { unit: "ms", expr: queries.requestDuration(0.95, perEndpoint) },
        },
      }),
    ],
    Neighbours: [
      table({
        title: "Callers",
        description: "Who asks this service, and how it answers them. Click one to open it.",
        width: "half",
        rows: { client: "Caller", server: "Service" },
        columns: neighbours(`server="$service"`, "a service that users call first has no caller"),
        links: { Caller: rowToService("Caller") },
      }),
      table({
        title: "Called services",
        description: "Whom this service asks, and how they answer. Click one to open it.",
        width: "half",
        rows: { client: "Service", server: "Called" },
        columns: neighbours(`client="$service"`, "a service at the end of every trace calls nobody"),
        links: { Called: rowToService("Called") },
      }),
    ],
  },
});
