import type { Input } from "@pulumi/pulumi";
import type { Attributes } from "./attributes";
import { givenAttributes, withVariables, type Notation } from "./env";
import { identity } from "./identity";
import { imageVersion } from "./image-version";
import { isKnown, later } from "./later";
import type { Container, EnvVar, Place } from "./pod";
import { variables } from "./variables";

/** What the kubelet alone knows. The attributes refer to it, and a reference works for what stands before it. */
const downward: Readonly<Record<string, string>> = {
  OTEL_RESOURCE_ATTRIBUTES_NAMESPACE: "metadata.namespace",
  OTEL_RESOURCE_ATTRIBUTES_POD_NAME: "metadata.name",
  OTEL_RESOURCE_ATTRIBUTES_POD_UID: "metadata.uid",
  OTEL_RESOURCE_ATTRIBUTES_NODE_NAME: "spec.nodeName",
};

/** Variables of a container: those of the kubelet, its own, and then those of tracing, which may refer to both. */
export function kubernetesEnv(
  env: readonly Input<EnvVar>[],
  container: Container,
  place: Place,
  path: string,
): readonly Input<EnvVar>[] {
  const wanted = {
    tracing: place.tracing,
    variables: variables(place.tracing, serviceOf(env, place)),
    attributes: attributesOf(container, place),
    path,
  };
  return [
    ...Object.entries(downward).map(([name, fieldPath]) => ({ name, valueFrom: { fieldRef: { fieldPath } } })),
    ...withVariables(
      env.filter((entry, i) => !isDownward(entry, `${path}[${i}]`, place)),
      wanted,
      notation,
      place.found,
    ),
  ];
}

/** An entry that is itself an output has a name that nobody knows yet; the API server refuses a second of that name. */
const notation: Notation<Input<EnvVar>> = {
  nameOf: (entry) => (isKnown(entry) && isKnown(entry.name) ? entry.name : undefined),
  valueOf: (entry) => (isKnown(entry) ? (entry.value ?? (entry.valueFrom === undefined ? "" : undefined)) : undefined),
  entry: (name, value) => ({ name, value }),
};

/** Whether an entry is one of the kubelet's that tracing adds; another of that name is refused. */
function isDownward(entry: Input<EnvVar>, path: string, { found }: Place): boolean {
  const name = notation.nameOf(entry);
  const fieldPath = downward[name ?? ""];
  if (fieldPath === undefined) return false;
  const { valueFrom } = entry as { valueFrom?: { fieldRef?: { fieldPath?: unknown } } };
  if (valueFrom?.fieldRef?.fieldPath !== fieldPath) {
    const reason = `must be ${fieldPath} of the pod, because resource attributes refer to it`;
    found.refuse({ path, value: name, reason, remedy: "give it another name" });
  }
  return true;
}

function serviceOf(env: readonly Input<EnvVar>[], { tracing, pod, workload, path, found }: Place): Input<string> {
  if (tracing.service !== undefined) return tracing.service;
  return identity(pod, ({ name = workload }) => {
    if (name !== undefined) return name;
    if (!env.some((entry) => notation.nameOf(entry) === "OTEL_SERVICE_NAME")) {
      found.refuse({
        path,
        reason: "the service has no name",
        remedy: 'write service: "…", or a label "app.kubernetes.io/name" on the pod',
      });
    }
    return "";
  });
}

/** In the order in which they are most often looked for. */
const attributesOf = ({ name, image }: Container, { tracing, pod }: Place): Input<Attributes> =>
  identity(pod, (said) =>
    later(said.namespace ?? "$(OTEL_RESOURCE_ATTRIBUTES_NAMESPACE)", (namespace) =>
      later(said.version ?? later(image ?? "", (reference) => imageVersion(reference) ?? ""), (version) =>
        later(name ?? "", (container) => {
          const derived: Attributes = [
            ["service.namespace", namespace],
            ...(version === "" ? [] : [["service.version", version] as const]),
            [
              "service.instance.id",
              `$(OTEL_RESOURCE_ATTRIBUTES_NAMESPACE).$(OTEL_RESOURCE_ATTRIBUTES_POD_NAME).${container}`,
            ],
            ["k8s.namespace.name", "$(OTEL_RESOURCE_ATTRIBUTES_NAMESPACE)"],
            ["k8s.pod.name", "$(OTEL_RESOURCE_ATTRIBUTES_POD_NAME)"],
            ["k8s.pod.uid", "$(OTEL_RESOURCE_ATTRIBUTES_POD_UID)"],
            ["k8s.node.name", "$(OTEL_RESOURCE_ATTRIBUTES_NODE_NAME)"],
            ["k8s.container.name", container],
          ];
          return [...new Map([...derived, ...givenAttributes(tracing)])];
        }),
      ),
    ),
  );
