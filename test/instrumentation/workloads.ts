import type { Instrumentation } from "../../components/instrumentation/options";
import type { KubernetesWorkload } from "../../components/instrumentation/kubernetes";
import type { DockerContainer } from "../../components/instrumentation/docker";

export const kit = {
  name: "sightline-nodejs-0123456789",
  files: { "loader.cjs": Buffer.from("load()\n"), "kit.cjs.gz": Buffer.from([31, 139, 8]) },
};
export const otlp = "http://agent.sightline-prod-agents.svc.cluster.local:4318";
export const nodejs = { runtime: "nodejs", kit, otlp } as const satisfies Instrumentation;
export const env = { runtime: "env", otlp } as const satisfies Instrumentation;

/** As Pod Security `restricted` asks. */
const securityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ["ALL"] },
};
const podSecurity = { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } };
const container = (name: string, image: string) => ({ name, image, securityContext: { ...securityContext } });
type Container = { readonly name: string; readonly [field: string]: unknown };
const pod = (...containers: readonly Container[]) => ({
  securityContext: { ...podSecurity },
  containers,
});
const metadata = (name: string) => ({ name, namespace: "shop" });

/** A workload as a program or a chart writes it, without `kind`, and how it is traced. */
interface Case {
  readonly kind: string;
  readonly args: KubernetesWorkload & { readonly metadata: { readonly name: string } };
  readonly tracing: Instrumentation;
}

type Args = Case["args"];

/** Arguments with all fields that a kind has: what tracing knows of are the ones it reads. */
const written = <A extends Args>(args: A): Args => args;

/** Workloads of every kind, with what charts and people put into them. */
export const cases: Readonly<Record<string, Case>> = {
  "a Deployment with nothing": {
    kind: "Deployment",
    args: written({
      metadata: metadata("orders"),
      spec: { template: { spec: pod(container("app", "shop/orders:1.4.2")) } },
    }),
    tracing: nodejs,
  },
  "a Deployment as charts write it": {
    kind: "Deployment",
    args: written({
      metadata: metadata("release-cart"),
      spec: {
        template: {
          metadata: {
            labels: {
              "app.kubernetes.io/name": "cart",
              "app.kubernetes.io/instance": "release-cart",
              "app.kubernetes.io/version": "2.0",
            },
            annotations: { "resource.opentelemetry.io/service.namespace": "checkout" },
          },
          spec: pod({
            ...container("cart", "registry.example.com:5000/shop/cart@sha256:abc"),
            env: [
              { name: "NODE_OPTIONS", value: "--max-old-space-size=256" },
              { name: "PASSWORD", valueFrom: { secretKeyRef: { name: "cart", key: "password" } } },
              { name: "REGION", value: "eu" },
              { name: "OTEL_RESOURCE_ATTRIBUTES", value: "cloud.region=$(REGION),service.version=2.0-rc1" },
              { name: "OTEL_SERVICE_NAME", value: "cart-of-old" },
            ],
          }),
        },
      },
    }),
    tracing: nodejs,
  },
  "a StatefulSet that has volumes": {
    kind: "StatefulSet",
    args: written({
      metadata: metadata("sessions"),
      spec: {
        template: {
          spec: {
            ...pod({
              ...container("sessions", "shop/sessions:7"),
              volumeMounts: [{ name: "data", mountPath: "/data" }],
            }),
            volumes: [{ name: "data", emptyDir: {} }],
          },
        },
      },
    }),
    tracing: { ...nodejs, sampling: { share: 0.05 } },
  },
  "a DaemonSet with an SDK of its own": {
    kind: "DaemonSet",
    args: written({ metadata: metadata("edge"), spec: { template: { spec: pod(container("edge", "shop/edge:3")) } } }),
    tracing: { runtime: "go", otlp },
  },
  "a ReplicaSet with a sidecar": {
    kind: "ReplicaSet",
    args: written({
      metadata: metadata("web"),
      spec: {
        template: {
          metadata: { annotations: { "kubectl.kubernetes.io/default-container": "web" } },
          spec: pod(container("proxy", "shop/proxy:1"), container("web", "shop/web:5")),
        },
      },
    }),
    tracing: nodejs,
  },
  "a Job with a container that comes first": {
    kind: "Job",
    args: written({
      metadata: metadata("migrate"),
      spec: {
        template: {
          spec: {
            ...pod(container("migrate", "shop/orders:1.4.2")),
            initContainers: [container("wait", "shop/wait:1")],
            restartPolicy: "Never",
          },
        },
      },
    }),
    tracing: nodejs,
  },
  "a CronJob": {
    kind: "CronJob",
    args: written({
      metadata: metadata("report"),
      spec: {
        jobTemplate: {
          spec: { template: { spec: { ...pod(container("report", "shop/report")), restartPolicy: "OnFailure" } } },
        },
      },
    }),
    tracing: {
      ...nodejs,
      service: "nightly-report",
      namespace: "finance",
      version: "9",
      environment: "prod",
      attributes: { "service.criticality": "low", "shop.owner": "team finance, $(HOME)" },
      sampling: {
        strategies: "http://jaeger.sightline-prod.svc.cluster.local:5778/sampling",
        every: "30s",
        initially: 0.001,
      },
    },
  },
  "a Pod with two containers": {
    kind: "Pod",
    args: written({
      metadata: metadata("pair"),
      spec: pod(container("left", "shop/left:1"), container("right", "shop/right:1")),
    }),
    tracing: { ...nodejs, container: "right" },
  },
};

export const dockerCases: Readonly<
  Record<string, { readonly args: DockerContainer; readonly tracing: Instrumentation }>
> = {
  "a container": {
    args: { name: "orders", image: "shop/orders:1.4.2", envs: ["PORT=8080", "NODE_OPTIONS=--enable-source-maps"] },
    tracing: { ...nodejs, otlp: "http://collector:4318" },
  },
  "a container with an SDK of its own": {
    args: { name: "edge", image: "sha256:abc" },
    tracing: { runtime: "env", otlp: "http://collector:4318" },
  },
};
