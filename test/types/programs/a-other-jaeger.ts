import * as pulumi from "@pulumi/pulumi";
import { bearerTokenAuth, dockerHost, external, OtelCollector, otlp, otlpGrpc } from "sightline";

// A Collector on a Docker host before a Jaeger that is there already, with an authority and a token of its own.
const config = new pulumi.Config();

new OtelCollector("collector", {
  platform: dockerHost({ name: "edge" }),
  pipelines: {
    traces: {
      receivers: [otlp({ reach: "outside" })],
      exporters: [
        otlpGrpc({
          name: "jaeger",
          to: external("https://jaeger.example.com:4317"),
          tls: { ca: { secret: config.requireSecret("ca") } },
          auth: bearerTokenAuth({ token: { secret: config.requireSecret("token") } }),
          headers: { "x-tenant": "shop", "x-api-key": { secret: config.requireSecret("apiKey") } },
          queue: { durability: "disk" },
        }),
      ],
    },
  },
});
