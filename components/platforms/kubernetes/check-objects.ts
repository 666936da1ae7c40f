import type { Problem } from "../../core/problems";
import type { KubernetesObject } from "./objects";

/**
 * Objects that the API server or the engine would take for one: names made of several may come out the same, as those of
 * port `query-grpc` of `jaeger` and of port `grpc` of `jaeger-query`.
 */
export function objectClashes(objects: readonly KubernetesObject[]): Problem[] {
  const taken = new Set<string>();
  return objects.flatMap(({ type, name, inputs: { kind, metadata } }) => {
    const called = [metadata.namespace, metadata.name].filter((part) => part !== undefined).join("/");
    const keys = [`${type} ${name}`, `${type} ${called}`];
    const clashes = keys.some((key) => taken.has(key));
    keys.forEach((key) => taken.add(key));
    if (!clashes) return [];
    const owner = metadata.labels["app.kubernetes.io/name"] ?? metadata.name;
    return {
      path: `${owner}.name`,
      reason: `two workloads would create ${kind} ${called}`,
      remedy: "rename one of the workloads or ports",
    };
  });
}
