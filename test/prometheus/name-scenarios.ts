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

const head = (samples: string): Series => ({
  [`prometheus_tsdb_head_series{job="prometheus",instance="localhost:9090"}`]: samples,
});
/** Of a metric that a service sends itself. */
const own = (customer: string, samples: string): Series => ({
  [`orders_total{job="shop",service_name="shop",customer="${customer}"}`]: samples,
});

/** For alerts on names that senders choose, with room for five services, three edges and a hundred series. */
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
  SeriesTooMany: [
    {
      fires: { ...head("50x60 81x60"), ...own("a", still(1)), ...own("b", still(1)), ...service("pay", still(1)) },
      // Too many were there, and have ended.
      quiet: { ...head("81x60 80x60"), ...own("a", still(1)), ...own("b", still(1)) },
      labels: { job: "prometheus" },
      value: "81",
      found: ' Most are of metric "orders_total" of service "shop".',
    },
  ],
};
