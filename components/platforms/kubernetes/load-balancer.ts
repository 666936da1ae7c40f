import { childName } from "../../core/names";
import type { Workload } from "../../core/workload";
import type { ExposedBy } from "./exposure";
import { namespaceOf, object, selector, type KubernetesObject } from "./objects";
import type { KubernetesOptions } from "./options";

/** A Service of its own: beside the one for neighbours, so that nothing else of the workload is opened with it. */
export function loadBalancer(
  options: KubernetesOptions,
  workload: Workload,
  { name, port: { port, protocol = "tcp", outside = port }, exposure }: ExposedBy<"load-balancer">,
): KubernetesObject {
  const { sources, annotations } = exposure;
  return object(options, {
    apiVersion: "v1",
    kind: "Service",
    name: childName(workload.name, name),
    namespace: namespaceOf(options, workload.placement),
    workload,
    // Pulumi would wait ten minutes for an address where no controller gives one.
    annotations: { "pulumi.com/skipAwait": "true", ...annotations },
    body: {
      spec: {
        type: "LoadBalancer",
        selector: selector(options, workload.name),
        ports: [{ name, port: outside, targetPort: port, protocol: protocol.toUpperCase() }],
        ...(sources && { loadBalancerSourceRanges: [...sources] }),
        // A node that passes a connection on to another one hides who it is from, and policies ask for that.
        externalTrafficPolicy: "Local",
      },
    },
  });
}
