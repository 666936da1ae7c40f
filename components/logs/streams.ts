/**
 * Resource attributes that make a stream, with few values each. Everything else of a record, its trace id among it,
 * stays beside the line: asked for in the same way, at no cost in streams.
 *
 * Source: docs/sources/send-data/otel of Loki, which takes k8s.pod.name and service.instance.id out as well;
 * docs/victorialogs/keyConcepts.md of VictoriaLogs, on stream fields.
 */
export const streams = [
  "service.name",
  "service.namespace",
  "deployment.environment.name",
  "k8s.cluster.name",
  "k8s.namespace.name",
  "k8s.deployment.name",
  "k8s.statefulset.name",
  "k8s.daemonset.name",
  "k8s.cronjob.name",
  "k8s.job.name",
  "k8s.container.name",
] as const;
