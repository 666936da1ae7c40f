import { growing, still, type Scenario, type Series } from "./series";

const named = (name: string, samples: string): Series => ({
  [`traces_span_metrics_calls_total{service_name="pay",span_name="${name}"}`]: samples,
});
const folded = (samples: string): Series => ({
  [`traces_span_metrics_calls_total{service_name="pay",span_name="other names",otel_metric_overflow="true"}`]: samples,
});
const service = (name: string, samples: string): Series => ({
  [`traces_span_metrics_calls_total{service_name="${name}",span_name="GET"}`]: samples,
});
const edge = (server: string, samples: string): Series => ({
  [`traces_service_graph_request_total{client="shop",server="${server}"}`]: samples,
});

/** For alerts on names that senders choose, with room for five services and three edges. */
export const nameScenarios: Readonly<Record<string, readonly Scenario[]>> = {
  SpanNamesTooMany: [
    // The connector begins each series with 0.
    {
      fires: { ...named("POST /pay", growing(10)), ...named("GET /pay/ab", "_x70 0 1x60"), ...folded("_x70 0 500x60") },
      quiet: { ...named("POST /pay", growing(10)), ...named("GET /pay/ab", "_x70 0 1x60"), ...folded("0 500x120") },
      labels: { service_name: "pay" },
      value: "500",
      found: "GET /pay/ab",
    },
    {
      fires: { ...named("POST /pay", growing(10)), ...named("GET /pay/ab", still(1)), ...folded(growing(10)) },
      quiet: { ...named("POST /pay", growing(10)), ...named("GET /pay/ab", growing(10)) },
      labels: { service_name: "pay" },
      value: "160",
      found: "GET /pay/ab",
    },
  ],
  ServicesTooMany: [
    {
      fires: {
        ...service("a", still(1)),
        ...service("b", still(1)),
        ...service("c", still(1)),
        ...service("d", still(1)),
        ...service("e", "_x70 1x60"),
      },
      quiet: {
        ...service("a", still(1)),
        ...service("b", still(1)),
        ...service("c", still(1)),
        ...service("d", still(1)),
      },
      labels: {},
      value: "5",
      found: ' One of the newest is "e".',
    },
  ],
  ServiceGraphTooLarge: [
    {
      fires: { ...edge("a", still(1)), ...edge("b", still(1)), ...edge("c", "_x70 1x60") },
      quiet: { ...edge("a", still(1)), ...edge("b", still(1)) },
      labels: {},
      value: "3",
      found: ' One of the newest is "c".',
    },
  ],
};
