import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import {
  external,
  grafanaObjects,
  jaegerPorts,
  kubernetes,
  podMonitors,
  prometheusRules,
  tracingRules,
} from "sightline";

// Alerts, scraping and dashboards for the Prometheus Operator and the Grafana of a cluster.
const config = new pulumi.Config();
const provider = new k8s.Provider("monitored", { kubeconfig: config.requireSecret("kubeconfig") });
const options = { name: "tracing", namespace: "monitoring", labels: { release: "kube-prometheus-stack" } };
const jaeger = kubernetes({ ...options, provider }).locate("jaeger", jaegerPorts);
const scrape = { jaeger: [jaeger.metrics] };

const objs = [
  ...prometheusRules(options, tracingRules({ jobs: Object.keys(scrape) })),
  ...podMonitors(options, { scrape }),
  ...grafanaObjects(options, {
    prometheus: external("prometheus.monitoring:9090"),
    jaeger: jaeger.query,
    prometheusUid: "prometheus",
  }),
];
new k8s.yaml.v2.ConfigGroup("monitoring", { objs }, { provider });
