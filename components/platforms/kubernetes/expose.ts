import type { Endpoint } from "../../core/platform";
import type { Workload } from "../../core/workload";
import { exposuresOf, type Exposed } from "./exposure";
import { ingress } from "./ingress";
import { loadBalancer } from "./load-balancer";
import { namespaceOf, type KubernetesObject } from "./objects";
import type { KubernetesOptions } from "./options";
import { route } from "./route";

/** What leads the outside to the ports of a workload. Who gets through is up to the policies. */
export const exposureOf = (options: KubernetesOptions, workload: Workload): readonly KubernetesObject[] =>
  exposuresOf(options, workload).flatMap(({ exposure, ...exposed }): readonly KubernetesObject[] => {
    switch (exposure.kind) {
      case "cluster":
        return [];
      case "ingress":
        return [ingress(options, workload, { ...exposed, exposure })];
      case "route":
        return [route(options, workload, { ...exposed, exposure })];
      case "load-balancer":
        return [loadBalancer(options, workload, { ...exposed, exposure })];
    }
  });

/** Where the outside reaches each port. Only the cloud knows the address of a load balancer, and only afterwards. */
export function outsideOf<P extends string>(
  options: KubernetesOptions,
  workload: Workload<P>,
): Readonly<Record<P, Endpoint | undefined>> {
  const exposed = new Map(exposuresOf(options, workload).map((one) => [one.name, one]));
  const located = Object.keys(workload.ports).map((name) => {
    const one = exposed.get(name);
    return [name, one && addressOf(options, workload, one)] as const;
  });
  return Object.fromEntries(located) as Record<P, Endpoint | undefined>;
}

function addressOf(options: KubernetesOptions, workload: Workload, { port, exposure }: Exposed): Endpoint | undefined {
  switch (exposure.kind) {
    case "cluster": {
      const namespace = namespaceOf(options, workload.placement);
      const { clusterDomain = "cluster.local" } = options;
      return { host: `${workload.name}.${namespace}.svc.${clusterDomain}`, port: port.port };
    }
    case "ingress":
    case "route":
      return { host: exposure.host, port: 443, secure: true };
    case "load-balancer":
      return undefined;
  }
}
