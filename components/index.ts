/** The public surface: everything to describe a stack, and the components and platforms that run it. */
export * from "./describe";
export { Component, type Placed } from "./component";
export { OtelCollector } from "./collector/collector";
export { Jaeger } from "./jaeger/jaeger";
export { Alertmanager } from "./alertmanager/alertmanager";
export { Prometheus } from "./prometheus/prometheus";
export { Loki } from "./logs/loki/loki";
export { VictoriaLogs } from "./logs/victorialogs/victorialogs";
export { Grafana } from "./dashboards/grafana";
export { instrument } from "./instrumentation/instrument";
export { instrumentAll } from "./instrumentation/instrument-all";
export { dockerHost } from "./platforms/docker";
export { kubernetes } from "./platforms/kubernetes";
