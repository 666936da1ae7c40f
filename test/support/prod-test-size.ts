/**
 * The prod stack for a cluster of 2 CPUs: settings in the form of `Pulumi.prod.yaml`. The CPUs it may count on are 0.95 in
 * all, and its memory 4.1 GiB; Grafana is left out, since no image of it can be built.
 */
export const prodTestSize = {
  grafana: false,
  durability: "disk",
  queueSize: "1 GiB",
  storage: { kind: "badger", size: "5 GiB", retention: "72h" },
  metricsSize: "1 GiB",
  logsSize: "1 GiB",
  sampler: { replicas: 2, decisionWait: "5s" as const, tracesPerSecond: 500, dnsTtl: "5s" },
  tailSampling: { errors: true, slowerThan: "500ms", percent: 20 },
  memory: {
    agent: "512 MiB",
    gateway: "384 MiB",
    sampler: "512 MiB",
    jaeger: "768 MiB",
    prometheus: "768 MiB",
    loki: "384 MiB",
  },
  cpu: { agent: 0.1, gateway: 0.1, sampler: 0.15, jaeger: 0.15, prometheus: 0.1, loki: 0.1 },
};
