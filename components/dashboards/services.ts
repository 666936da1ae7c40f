import type { Board } from "./board";
import { boards, rowToService, seriesToService, toBoard } from "./links";
import { number, timeseries } from "./panels";
import type { Slice } from "./promql";
import { busiest, requestDuration, requestErrors, requests, services } from "./queries";
import { table } from "./table";

const where = [`service_name=~"$service"`];
const perService: Slice = { by: ["service_name"], where };
const perEndpoint: Slice = { by: ["service_name", "span_name"], where, over: "$__range" };
const legend = "{{service_name}}";

/** Rate, errors and duration of every service, and of each of its endpoints. */
export const servicesBoard = (): Board => ({
  uid: boards.services,
  title: "Services",
  description: "Rate, errors and duration of the requests that services answer, from their spans.",
  variables: { service: { label: "Service", values: services, many: true } },
  links: [toBoard("serviceGraph", "Who calls whom")],
  rows: {
    "All chosen services": [
      number({
        title: "Requests",
        description: "Requests answered each second, and messages taken from queues.",
        width: "third",
        height: "low",
        unit: "reqps",
        colours: { blue: null },
        queries: [{ expr: requests({ where }) }],
      }),
      number({
        title: "Failed",
        description: "Share of requests whose span ended with status error.",
        width: "third",
        height: "low",
        unit: "percentunit",
        colours: { green: null, orange: 0.01, red: 0.05 },
        queries: [{ expr: requestErrors({ where }) }],
      }),
      number({
        title: "95th percentile",
        description: "19 of 20 requests were answered within this time.",
        width: "third",
        height: "low",
        unit: "ms",
        colours: { blue: null },
        queries: [{ expr: requestDuration(0.95, { where }) }],
      }),
    ],
    "Each service": [
      timeseries({
        title: "Request rate",
        description:
          "Requests answered each second, of the 20 services with the most. Click a series to open the service.",
        width: "third",
        unit: "reqps",
        link: seriesToService,
        queries: [{ expr: busiest(requests(perService), perService), legend }],
      }),
      timeseries({
        title: "Failed requests",
        description:
          "Share of requests whose span ended with status error. A line at zero is a service without errors.",
        width: "third",
        unit: "percentunit",
        link: seriesToService,
        queries: [{ expr: busiest(requestErrors(perService), perService), legend }],
      }),
      timeseries({
        title: "Duration, 95th percentile",
        description:
          "19 of 20 requests were answered within this time. Each point is one request: click it to open its trace.",
        width: "third",
        unit: "ms",
        link: seriesToService,
        queries: [{ expr: busiest(requestDuration(0.95, perService), perService), legend, exemplars: true }],
      }),
    ],
    "Each endpoint": [
      table({
        title: "Endpoints",
        description: "Over the time shown. Click a service to open it.",
        width: "full",
        height: "high",
        rows: { service_name: "Service", span_name: "Endpoint" },
        columns: {
          Requests: { unit: "reqps", expr: requests(perEndpoint) },
          Failed: { unit: "percentunit", expr: requestErrors(perEndpoint) },
          Median: { unit: "ms", expr: requestDuration(0.5, perEndpoint) },
          "95th percentile": { unit: "ms", expr: requestDuration(0.95, perEndpoint) },
        },
        links: { Service: rowToService("Service") },
      }),
    ],
  },
});
