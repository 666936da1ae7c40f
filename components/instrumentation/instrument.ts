import { asInputErrors, tell } from "../component";
import { refuse } from "../core/problems";
import type { DockerContainer } from "./docker";
import { instrumented } from "./instrumented";
import type { KubernetesWorkload } from "./kubernetes";
import type { Instrumentation } from "./options";

/**
 * Traces a service where it is deployed: `new k8s.apps.v1.Deployment("orders", instrument({ … }, tracing))`. Takes
 * arguments of a Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob or Pod, or of a container on a Docker host,
 * and gives back the same with variables of OpenTelemetry and, for Node.js, the kit.
 *
 * What is there already stays; what is worth knowing becomes a warning.
 *
 * @throws InputPropertiesError with everything that contradicts
 */
export function instrument<A extends KubernetesWorkload | DockerContainer>(args: A, tracing: Instrumentation): A {
  return asInputErrors(() => {
    const { args: traced, problems, notes } = instrumented(args, tracing);
    refuse(`instrument(${tracing.service ?? ""})`, problems);
    tell(notes);
    return traced;
  });
}
