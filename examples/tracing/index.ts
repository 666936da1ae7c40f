import { Component, external, Jaeger, jaegerPorts, kubernetes, opensearch, tracing } from "sightline";

const platform = kubernetes({ name: "tracing", context: "production" });
const storage = opensearch({
  retention: "7d",
  external: { urls: ["https://search.example.com:9200"], user: "jaeger", password: { secret: "from your secrets" } },
});
const prometheus = external("prometheus.monitoring:9090");

const jaeger = new Jaeger("jaeger", { platform, storage, metrics: prometheus });
const collectors = tracing(
  {
    roles: ["agent", "gateway", "sampler"],
    tailSampling: { errors: true, slowerThan: "2s", percent: 10 },
    storage,
    jaeger: platform.locate("jaeger", jaegerPorts)["otlp-grpc"],
    prometheus,
    logs: { kind: "loki", at: external("loki.monitoring:3100") },
  },
  platform,
);
for (const collector of collectors) new Component(collector, platform, { dependsOn: jaeger });
