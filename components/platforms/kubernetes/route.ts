import { childName } from "../../core/names";
import type { Workload } from "../../core/workload";
import type { ExposedBy } from "./exposure";
import { askedBy } from "./ingress";
import { namespaceOf, object, type KubernetesObject } from "./objects";
import type { KubernetesOptions } from "./options";

/** All that one host of a gateway hears, to one port. */
export function route(
  options: KubernetesOptions,
  workload: Workload,
  { name, port, exposure }: ExposedBy<"route">,
): KubernetesObject {
  const { host, gateway, authentication, grpc = false } = exposure;
  return object(options, {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: grpc ? "GRPCRoute" : "HTTPRoute",
    name: childName(workload.name, name),
    namespace: namespaceOf(options, workload.placement),
    workload,
    annotations: { [askedBy]: authentication.kind === "own" ? "own" : authentication.by },
    body: {
      spec: {
        parentRefs: [{ name: gateway.name, namespace: gateway.namespace, sectionName: gateway.section }],
        hostnames: [host],
        rules: [{ backendRefs: [{ name: workload.name, port: port.port }] }],
      },
    },
  });
}
