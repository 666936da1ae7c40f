/** Objects for a Prometheus Operator and a Grafana that a cluster has already. */
export { grafanaObjects, type GrafanaObjectsOptions } from "./grafana";
export { podMonitors, type PodMonitorsOptions } from "./monitors";
export { prometheusRules } from "./rules";
