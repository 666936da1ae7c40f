import type { PlannedObject } from "../../../components/core/platform";
import type { Workload } from "../../../components/core/workload";
import { kubernetesPlanner, type KubernetesOptions } from "../../../components/platforms/kubernetes/plan";

export const bare: Workload = {
  name: "bare",
  component: "test:Bare",
  image: { repository: "example/bare", tag: "1.0.0", digest: "sha256:1234", user: "65534:65533" },
  ports: { http: { port: 80 } },
  memory: "64 MiB",
};
export const data = { kind: "persistent", name: "data", size: "1 GiB" } as const;

export type Json = Record<string, unknown>;

export const plan = (workload: Workload, options: Partial<KubernetesOptions> = {}): readonly PlannedObject[] =>
  kubernetesPlanner({ name: "prod", ...options }).plan([workload]);

/** Inputs as they are printed, of the object of a kind that has a name on the API server; undefined where none has. */
export function planned(
  workload: Workload,
  kind: string,
  name = workload.name,
  options: Partial<KubernetesOptions> = {},
) {
  const found = plan(workload, options).filter(
    ({ inputs }) => inputs["kind"] === kind && (inputs["metadata"] as Json)["name"] === name,
  );
  return found.length === 0 ? undefined : (JSON.parse(JSON.stringify(found[0]!.inputs)) as Json);
}

export const spec = (...args: Parameters<typeof planned>) => (planned(...args) as { spec: Json }).spec;

/** What a pod of a workload looks like. */
export function pod(workload: Workload, options: Partial<KubernetesOptions> = {}) {
  const controller = plan(workload, options).find(({ type }) => type.startsWith("kubernetes:apps/v1:"));
  const { template } = (JSON.parse(JSON.stringify(controller)) as { inputs: { spec: { template: Json } } }).inputs.spec;
  return template as { metadata: Json; spec: Json & { containers: [Json]; volumes?: Json[] } };
}
export const container = (workload: Workload) => pod(workload).spec.containers[0];

export const own = { "app.kubernetes.io/name": "bare", "app.kubernetes.io/part-of": "prod" };
export const labels = {
  "app.kubernetes.io/managed-by": "sightline",
  ...own,
  "app.kubernetes.io/version": "1.0.0",
};

export const field = (name: string, fieldPath: string) => ({
  name,
  valueFrom: { fieldRef: { apiVersion: "v1", fieldPath } },
});
export const downward = [
  field("K8S_NODE_NAME", "spec.nodeName"),
  field("K8S_NODE_IP", "status.hostIP"),
  field("K8S_POD_NAME", "metadata.name"),
  field("K8S_POD_IP", "status.podIP"),
];
