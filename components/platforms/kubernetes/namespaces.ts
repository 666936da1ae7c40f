import { agentNamespace, mainNamespace, nodeNamespace, object, stackLabel, type KubernetesObject } from "./objects";
import type { KubernetesOptions } from "./options";

/** All namespaces, with what Pod Security allows in each, unless they are there already. */
export const namespaces = (options: KubernetesOptions): readonly KubernetesObject[] =>
  options.createNamespaces === false
    ? []
    : [
        // Claims would go with the namespace they are in.
        { ...namespace(options, mainNamespace(options), "restricted"), keep: true },
        namespace(options, agentNamespace(options), "restricted"),
        // Files of a machine are forbidden by all lower levels; which of them are read is listed with the pods.
        namespace(options, nodeNamespace(options), "privileged"),
      ];

const namespace = (options: KubernetesOptions, name: string, level: string): KubernetesObject =>
  object(options, {
    apiVersion: "v1",
    kind: "Namespace",
    name,
    labels: {
      [stackLabel]: options.name,
      "pod-security.kubernetes.io/enforce": level,
      "pod-security.kubernetes.io/warn": level,
      "pod-security.kubernetes.io/audit": level,
    },
  });
