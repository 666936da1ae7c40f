import { badger, dockerHost, fitStorage, httpUrl, Jaeger, jaegerPorts, OtelCollector, otlp, otlpGrpc } from "sightline";

const platform = dockerHost({ name: "tracing" });
const neighbours = platform.locate("jaeger", jaegerPorts);
const storage = badger({ size: "5 GiB", retention: "24h" });

new OtelCollector("collector", {
  platform,
  pipelines: {
    traces: {
      receivers: [otlp({ reach: "outside" })],
      // Cuts down what the storage could not take.
      processors: storage.limits ? fitStorage(storage.limits) : [],
      exporters: [otlpGrpc({ name: "jaeger", to: neighbours["otlp-grpc"], queue: { durability: "disk" } })],
    },
  },
});
const jaeger = new Jaeger("jaeger", { platform, storage, outside: { query: 16686 } });

export const traces = jaeger.outside.query && httpUrl(jaeger.outside.query);
