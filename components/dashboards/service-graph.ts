import type { Board } from "./board";
import { boards, rowToService, toBoard } from "./links";
import { graph, timeseries } from "./panels";
import { edgeErrors, edgeLatency, edges, nodeGraphEdges, room, serviceGraph } from "./queries";
import { table } from "./table";

const whole = { over: "$__range" };

/** Who calls whom, how often, how slowly, and with how many errors. */
export const serviceGraphBoard = (): Board => ({
  uid: boards.serviceGraph,
  title: "Service graph",
  description: "Who calls whom: each edge is a client span and the server span that answers it.",
  links: [toBoard("services", "All services")],
  rows: {
    "Who calls whom": [
      graph({
        title: "Graph",
        description: "Requests a second on each edge, and what comes into each service, over the time shown.",
        width: "full",
        height: "very high",
        unit: "reqps",
        edges: { expr: nodeGraphEdges(whole) },
      }),
    ],
    Edges: [
      table({
        title: "Each edge",
        description: "Over the time shown; durations as the server measured them. Click a service to open it.",
        width: "full",
        height: "high",
        rows: { client: "From", server: "To" },
        columns: {
          Requests: { unit: "reqps", expr: edges(whole) },
          Failed: { unit: "percentunit", expr: edgeErrors(whole) },
          Median: { unit: "s", expr: edgeLatency(0.5, whole) },
          "95th percentile": { unit: "s", expr: edgeLatency(0.95, whole) },
        },
        links: { From: rowToService("From"), To: rowToService("To") },
      }),
    ],
    "How far the graph can be trusted": [
      timeseries({
        title: "Edges kept",
        description:
          "Edges of all processes that make the graph, and about how many fit into their memory and that of Prometheus. Nothing limits them; one without calls goes after 15 minutes.",
        width: "full",
        unit: "short",
        queries: [
          { expr: room.edges.held, legend: "kept" },
          {
            expr: room.edges.most,
            legend: "room",
            mayBeEmpty: "the rules of this Prometheus do not count what there is room for",
          },
        ],
      }),
      timeseries({
        title: "Edges of which both ends were seen",
        description: "Pairs of spans that became an edge, each second.",
        width: "half",
        unit: "cps",
        queries: [{ expr: serviceGraph.paired, legend: "paired" }],
      }),
      timeseries({
        title: "Edges of which one end is missing",
        description:
          "Spans whose other end did not come in time, or found no room. Some are natural: the first span of a trace has no client that sends spans. More of them mean sampled or lost spans, or a store that is too small.",
        width: "half",
        unit: "cps",
        queries: [
          { expr: serviceGraph.expired, legend: "expired", mayBeEmpty: "every edge was paired" },
          { expr: serviceGraph.dropped, legend: "no room", mayBeEmpty: "the store has room for every edge" },
        ],
      }),
    ],
  },
});
