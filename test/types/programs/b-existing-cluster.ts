import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import {
  bearerTokenAuth,
  collectorPorts,
  external,
  imagesFrom,
  kubernetes,
  OtelCollector,
  otlp,
  otlpGrpc,
} from "sightline";

// Agents on every node and two gateways in namespaces and on a cluster that are there already; the vendor gets the traces.
const config = new pulumi.Config();
const eks = new k8s.Provider("eks", { kubeconfig: config.requireSecret("kubeconfig") });
const { collector: image } = imagesFrom("registry.example.com/mirror");
const role = { "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/traces" };

const platform = kubernetes({
  name: "tracing",
  provider: eks,
  namespace: "observability",
  agentNamespace: "observability-agents",
  createNamespaces: false,
  imagePullSecrets: ["mirror"],
  priorityClass: "observability",
  labels: { team: "platform" },
  scheduling: {
    gateway: {
      nodeSelector: { pool: "observability" },
      tolerations: [{ key: "dedicated", value: "observability", effect: "NoSchedule" }],
    },
  },
  // No option says this.
  transform: (manifest) =>
    manifest.kind === "ServiceAccount" && manifest.metadata.name === "gateway"
      ? { ...manifest, metadata: { ...manifest.metadata, annotations: role } }
      : manifest,
});

const placement = { replicas: 2 };
const gateway = platform.locate("gateway", collectorPorts, placement);
const token = { secret: config.requireSecret("vendorToken") };

new OtelCollector("agent", {
  platform,
  image,
  placement: "every-node",
  pipelines: {
    traces: {
      receivers: [otlp()],
      exporters: [otlpGrpc({ name: "gateway", to: gateway["otlp-grpc"], queue: { durability: "disk" } })],
    },
  },
});
new OtelCollector("gateway", {
  platform,
  image,
  placement,
  pipelines: {
    traces: {
      receivers: [otlp()],
      exporters: [
        otlpGrpc({ name: "vendor", to: external("https://otlp.vendor.example.com"), auth: bearerTokenAuth({ token }) }),
      ],
    },
  },
});
