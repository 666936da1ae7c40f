import type * as docker from "@pulumi/docker";
import type * as k8s from "@pulumi/kubernetes";
import type { Output } from "@pulumi/pulumi";
import { instrument } from "../../components/instrumentation/instrument";
import type { NodejsKit } from "../../components/instrumentation/kit";
import type { Instrumentation } from "../../components/instrumentation/options";

// What must compile without a cast, as the SDKs type it, and what must not.

declare const text: Output<string>;
declare const kit: NodejsKit;
declare const kubernetes: {
  deployment: k8s.apps.v1.DeploymentArgs;
  statefulSet: k8s.apps.v1.StatefulSetArgs;
  daemonSet: k8s.apps.v1.DaemonSetArgs;
  replicaSet: k8s.apps.v1.ReplicaSetArgs;
  job: k8s.batch.v1.JobArgs;
  cronJob: k8s.batch.v1.CronJobArgs;
  pod: k8s.core.v1.PodArgs;
  configMap: k8s.core.v1.ConfigMapArgs;
  service: k8s.core.v1.ServiceArgs;
};
declare const container: docker.ContainerArgs;
declare const volume: docker.VolumeArgs;

const otlp = "http://agent:4318";
const tracing: Instrumentation = { runtime: "nodejs", kit, otlp };

export const deployment: k8s.apps.v1.DeploymentArgs = instrument(kubernetes.deployment, tracing);
export const statefulSet: k8s.apps.v1.StatefulSetArgs = instrument(kubernetes.statefulSet, tracing);
export const daemonSet: k8s.apps.v1.DaemonSetArgs = instrument(kubernetes.daemonSet, tracing);
export const replicaSet: k8s.apps.v1.ReplicaSetArgs = instrument(kubernetes.replicaSet, tracing);
export const job: k8s.batch.v1.JobArgs = instrument(kubernetes.job, tracing);
export const cronJob: k8s.batch.v1.CronJobArgs = instrument(kubernetes.cronJob, tracing);
export const pod: k8s.core.v1.PodArgs = instrument(kubernetes.pod, tracing);
export const onDocker: docker.ContainerArgs = instrument(container, tracing);

export const written: k8s.apps.v1.DeploymentArgs = instrument(
  {
    metadata: { name: text, labels: { app: text } },
    spec: {
      selector: { matchLabels: { app: "orders" } },
      template: {
        spec: { containers: [{ name: "app", image: text, env: [{ name: "PORT", value: text }] }] },
      },
    },
  },
  tracing,
);

// @ts-expect-error: a ConfigMap runs nothing.
export const configMap = instrument(kubernetes.configMap, tracing);
// @ts-expect-error: nor does a Service.
export const service = instrument(kubernetes.service, tracing);
// @ts-expect-error: nor a volume.
export const noContainer = instrument(volume, tracing);

export const wrong: readonly Instrumentation[] = [
  // @ts-expect-error: the kit is what Node.js needs.
  { runtime: "nodejs", otlp },
  // @ts-expect-error: and nothing else could load it.
  { runtime: "go", otlp, kit },
  // @ts-expect-error: there is no kit for it.
  { runtime: "java", otlp },
  // @ts-expect-error: spans go somewhere.
  { runtime: "env" },
  // @ts-expect-error: a share, or strategies.
  { runtime: "env", otlp, sampling: { share: 0.1, strategies: "http://jaeger:5778/sampling" } },
  // @ts-expect-error: a time has a unit.
  { runtime: "env", otlp, sampling: { strategies: "http://jaeger:5778/sampling", every: "60" } },
  // @ts-expect-error: attributes are texts.
  { runtime: "env", otlp, attributes: { replicas: 3 } },
];
