import type { InstrumentAll } from "../../../components/instrumentation/all/resource";
import { otlp } from "../workloads";

/** A resource of a program, as it is registered. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
}

/** How all of them are traced. */
export const options = {
  otlp,
  environment: "prod",
  rules: [
    { namespace: "kube-*", runtime: "off" },
    { image: "registry.example.com/shop/*", name: "web", runtime: "nodejs" },
  ],
} as const satisfies InstrumentAll;

type Container = Readonly<Record<string, unknown>>;
interface Meta {
  readonly name?: string;
  readonly namespace?: string;
  readonly annotations?: object;
  readonly labels?: object;
}

const container = (image: string, more: Container = {}): Container => ({ name: "app", image, ...more });
const template = (containers: readonly Container[], metadata: Meta = {}, spec: object = {}) => ({
  metadata: { ...metadata, labels: { app: "one", ...metadata.labels } },
  spec: { containers, ...spec },
});
const instrument = (value: string) => ({ annotations: { "sightline.dev/instrument": value } });
const inShop = (name: string, more: Meta = {}): Meta => ({ name, namespace: "shop", ...more });

const controller = (kind: string, metadata: Meta, pod: object, more: object = {}): Registered => ({
  type: `kubernetes:apps/v1:${kind}`,
  name: metadata.name!,
  props: {
    apiVersion: "apps/v1",
    kind,
    metadata,
    spec: { selector: { matchLabels: { app: "one" } }, template: pod, ...more },
  },
});

/** What programs and charts deploy, and what it is that is special about it. */
export const program: Readonly<Record<string, Registered>> = {
  "a Deployment of the image of Node.js": controller("Deployment", inShop("cart"), template([container("node:24")])),
  "a Deployment by rule, which its annotation does not change": controller(
    "Deployment",
    inShop("web"),
    template([container("registry.example.com/shop/web:5")], instrument("go")),
  ),
  "a Deployment as charts write it, with options of its own": controller(
    "Deployment",
    inShop("release-search"),
    template(
      [
        container("ghcr.io/example/search:2.1", {
          command: ["/usr/local/bin/node", "server.js"],
          env: [
            { name: "NODE_OPTIONS", value: "--max-old-space-size=256" },
            { name: "PASSWORD", valueFrom: { secretKeyRef: { name: "search", key: "password" } } },
            { name: "OTEL_EXPORTER_OTLP_ENDPOINT", value: "http://collector.elsewhere:4318" },
          ],
        }),
      ],
      { labels: { "app.kubernetes.io/name": "search", "app.kubernetes.io/version": "2.1" } },
    ),
  ),
  "a Deployment whose options come from a Secret": controller(
    "Deployment",
    inShop("legacy"),
    template([
      container("node:22", {
        env: [{ name: "NODE_OPTIONS", valueFrom: { secretKeyRef: { name: "legacy", key: "options" } } }],
      }),
    ]),
  ),
  "a StatefulSet that says what it is": controller(
    "StatefulSet",
    inShop("sessions", instrument("nodejs")),
    template(
      [container("shop/sessions:7", { volumeMounts: [{ name: "data", mountPath: "/data" }] })],
      {},
      {
        volumes: [{ name: "data", emptyDir: {} }],
      },
    ),
    { serviceName: "sessions" },
  ),
  "a DaemonSet with an SDK in it": controller(
    "DaemonSet",
    inShop("edge"),
    template([container("shop/edge:3")], instrument("go")),
  ),
  "a DaemonSet of the cluster itself": controller(
    "DaemonSet",
    { name: "proxy", namespace: "kube-system" },
    template([container("node:24")]),
  ),
  "a Deployment of which nothing is known": controller(
    "Deployment",
    inShop("thing"),
    template([container("shop/thing:1")]),
  ),
  "a Deployment that is not to be touched": controller(
    "Deployment",
    inShop("vendor", instrument("off")),
    template([container("node:24")]),
  ),
  "a Job whose container comes after another": {
    type: "kubernetes:batch/v1:Job",
    name: "migrate",
    props: {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: inShop("migrate"),
      spec: {
        template: {
          spec: {
            initContainers: [container("node:24", { name: "wait" })],
            containers: [container("shop/orders:1.4.2", { args: ["tini", "--", "node", "migrate.js"] })],
            restartPolicy: "Never",
          },
        },
      },
    },
  },
  "a CronJob that a package manager starts": {
    type: "kubernetes:batch/v1:CronJob",
    name: "report",
    props: {
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata: inShop("report"),
      spec: {
        schedule: "0 3 * * *",
        jobTemplate: {
          spec: {
            template: {
              spec: { containers: [container("shop/report:1", { args: ["npm", "start"] })], restartPolicy: "Never" },
            },
          },
        },
      },
    },
  },
  "a Pod with a sidecar before its service, without a name": {
    type: "kubernetes:core/v1:Pod",
    name: "pair",
    props: {
      apiVersion: "v1",
      kind: "Pod",
      metadata: {
        namespace: "shop",
        annotations: { "kubectl.kubernetes.io/default-container": "app" },
      },
      spec: {
        containers: [
          container("envoyproxy/envoy:v1.38", { name: "proxy" }),
          container("gcr.io/distroless/nodejs24-debian13"),
        ],
      },
    },
  },
  "a Deployment of another language": controller(
    "Deployment",
    inShop("billing"),
    template([container("shop/billing:1", { command: ["sh", "-c", "exec java -jar app.jar"] })]),
  ),
  "a container on a Docker host": {
    type: "docker:index/container:Container",
    name: "orders",
    props: { name: "orders", image: "node:24", envs: ["PORT=8080"], command: ["node", "server.js"] },
  },
  "a ConfigMap": {
    type: "kubernetes:core/v1:ConfigMap",
    name: "settings",
    props: { apiVersion: "v1", kind: "ConfigMap", metadata: inShop("settings"), data: { a: "b" } },
  },
};
