import type { DockerHostOptions } from "../components/platforms/docker/plan";
import type { KubernetesOptions } from "../components/platforms/kubernetes/plan";
import type { Settings } from "../configs/settings-from";

/** The Docker host that settings name. */
export function hostOf({ name, dockerHost, uiAddress, otlpAddress, roles, guard }: Settings): DockerHostOptions {
  const first = guard ? "guard" : roles[0];
  return {
    name,
    host: dockerHost,
    bindAddress: uiAddress,
    bindAddresses: { [`${first}/otlp-grpc`]: otlpAddress, [`${first}/otlp-http`]: otlpAddress },
  };
}

/** The Kubernetes cluster that settings name. */
export const clusterOf = ({ name, kubernetes }: Settings): KubernetesOptions => ({ name, ...kubernetes });
