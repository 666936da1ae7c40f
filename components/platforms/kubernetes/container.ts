import { inBytes, inSeconds } from "../../core/units";
import { reference, type Port, type Step, type Workload } from "../../core/workload";
import { scratchBytes } from "../scratch";
import { probes } from "./probes";
import { bytes, cpus } from "./quantities";
import { stepKey } from "./secrets";
import { containerSecurity } from "./security";
import type { Mounted } from "./volumes";

/** The one container of a pod that is not of a step. */
export const container = (workload: Workload, mounts: Mounted["mounts"]) => ({
  name: workload.name,
  image: reference(workload.image),
  ...(workload.command !== undefined && { command: [...workload.command] }),
  ...(workload.args?.length && { args: [...workload.args] }),
  env: [...downwardEnv(workload), ...envOf(workload.name, workload.env, (name) => name)],
  ports: Object.entries<Port>(workload.ports).map(([name, { port, protocol = "tcp" }]) => ({
    name,
    containerPort: port,
    protocol: protocol.toUpperCase(),
  })),
  ...(mounts.length > 0 && { volumeMounts: mounts }),
  resources: resources(workload),
  ...probes(workload.health),
  ...(workload.drain !== undefined &&
    inSeconds(workload.drain) > 0 && {
      // It goes on serving meanwhile, and needs no program in the image for that.
      lifecycle: { preStop: { sleep: { seconds: Math.ceil(inSeconds(workload.drain)) } } },
    }),
  securityContext: containerSecurity(),
});

/** What has to end well before that one starts: the kubelet tries it again until it does. */
export const stepContainer = (workload: Workload, step: Step, mounts: Mounted["mounts"]) => ({
  name: step.name,
  image: reference(step.image),
  command: [...step.command],
  ...(step.args?.length && { args: [...step.args] }),
  ...(step.env !== undefined && { env: envOf(workload.name, step.env, (name) => stepKey(step, name)) }),
  ...(mounts.length > 0 && { volumeMounts: mounts }),
  resources: resources(workload),
  securityContext: containerSecurity(),
});

/** Where it runs, for whatever a process says of itself. */
const downward = {
  K8S_NODE_NAME: "spec.nodeName",
  K8S_NODE_IP: "status.hostIP",
  K8S_POD_NAME: "metadata.name",
  K8S_POD_IP: "status.podIP",
} as const;

const downwardEnv = ({ env = {} }: Workload) =>
  Object.entries(downward)
    .filter(([name]) => !(name in env))
    .map(([name, fieldPath]) => ({ name, valueFrom: { fieldRef: { apiVersion: "v1", fieldPath } } }));

const envOf = (secret: string, env: Workload["env"] = {}, keyOf: (name: string) => string) =>
  Object.entries(env).map(([name, value]) =>
    typeof value === "string"
      ? { name, value }
      : { name, valueFrom: { secretKeyRef: { name: secret, key: keyOf(name) } } },
  );

/** Scratch volumes are memory, and count as the container's own. No CPU limit: idle CPUs are nobody's. */
function resources(workload: Workload) {
  const mebibyte = 1024 ** 2;
  const memory = bytes(Math.ceil((inBytes(workload.memory) + scratchBytes(workload)) / mebibyte) * mebibyte);
  return {
    requests: { ...(workload.cpu !== undefined && { cpu: cpus(workload.cpu) }), memory },
    limits: { memory },
  };
}
