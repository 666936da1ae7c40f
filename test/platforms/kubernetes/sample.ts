import type { Connection, Workload } from "../../../components/core/workload";
import { images } from "../../../components/images";
import { namespaceOf, selector, type Manifest } from "../../../components/platforms/kubernetes/objects";
import type { KubernetesOptions } from "../../../components/platforms/kubernetes/options";

/** A workload of which only what matters here is said. */
export const sample = (name: string, rest: Partial<Workload> = {}): Workload => ({
  name,
  component: "collector:OtelCollector",
  image: { ...images.collector, tag: "1.2.3" },
  ports: {},
  memory: "128 MiB",
  ...rest,
});

const edge = (workload: string, port: string, number: number, rest: Partial<Connection> = {}): Connection => ({
  workload,
  port,
  number,
  ...rest,
});

export const agent = sample("agent", {
  placement: "every-node",
  ports: {
    "otlp-grpc": { port: 4317, reach: "outside" },
    metrics: { port: 8888 },
    "thrift-compact": { port: 6831, protocol: "udp" },
  },
  connects: [edge("gateway", "otlp-grpc", 4317)],
  externals: [
    { host: "${env:K8S_NODE_IP}", port: 10250 },
    { host: "192.0.2.7", port: 443 },
    { host: "[2001:db8::7]", port: 4317 },
  ],
  access: [{ apiGroups: [""], resources: ["pods", "namespaces"], verbs: ["get", "list", "watch"] }],
});
export const gateway = sample("gateway", {
  placement: { replicas: 2 },
  ports: { "otlp-grpc": { port: 4317 }, metrics: { port: 8888 }, health: { port: 13133, reach: "workload" } },
});
export const prometheus = sample("prometheus", {
  ports: { http: { port: 9090, reach: "outside" } },
  // Two jobs scrape the same port, and one asks over UDP.
  connects: [
    edge("gateway", "metrics", 8888),
    edge("agent", "metrics", 8888, { everyNode: "every-node" }),
    edge("agent", "metrics", 8888, { everyNode: "every-node" }),
    edge("agent", "thrift-compact", 6831, { everyNode: "every-node", protocol: "udp" }),
  ],
});
export const grafana = sample("grafana", {
  ports: { http: { port: 3000, reach: "outside", outside: 80, asks: true } },
  connects: [edge("prometheus", "http", 9090)],
});

export const workloads = [agent, gateway, prometheus, grafana];

/** The pods of a workload, as far as policies see them. */
export const podsOf = (options: KubernetesOptions, { name, placement, ports }: Workload): Manifest => ({
  apiVersion: "apps/v1",
  kind: placement === "every-node" ? "DaemonSet" : "Deployment",
  metadata: { name, namespace: namespaceOf(options, placement), labels: {} },
  spec: {
    template: {
      metadata: { labels: selector(options, name) },
      spec: {
        containers: [
          {
            ports: Object.entries(ports).map(([name, { port, protocol = "tcp" }]) => ({
              name,
              containerPort: port,
              protocol: protocol.toUpperCase(),
            })),
          },
        ],
      },
    },
  },
});
