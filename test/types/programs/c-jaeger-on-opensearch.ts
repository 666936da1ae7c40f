import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Jaeger, kubernetes, opensearch } from "sightline";

// Jaeger over an OpenSearch of others, shown by an Ingress behind an OAuth proxy.
const config = new pulumi.Config();
const provider = new k8s.Provider("cluster", { kubeconfig: config.requireSecret("kubeconfig") });

new Jaeger("jaeger", {
  platform: kubernetes({
    name: "tracing",
    provider,
    expose: {
      "jaeger/query": {
        kind: "ingress",
        host: "traces.example.com",
        tls: "traces-tls",
        authentication: {
          kind: "forward",
          by: "ingress-nginx",
          url: "https://oauth.example.com/oauth2/auth",
          signIn: "https://oauth.example.com/oauth2/start",
        },
        from: { "kubernetes.io/metadata.name": "ingress-nginx" },
      },
    },
  }),
  storage: opensearch({
    external: {
      urls: ["https://search.example.com:9200"],
      user: "jaeger",
      password: { secret: config.requireSecret("searchPassword") },
      ca: { secret: config.requireSecret("searchCa") },
    },
    prefix: "production",
    shards: 3,
    replicas: 2,
    retention: "7d",
  }),
  outside: { query: 16686 },
});
