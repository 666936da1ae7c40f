import type { Endpoint, Planner } from "../../core/platform";
import { refuse, type Problem } from "../../core/problems";
import { isOnEveryNode, type Placement, type Port, type Workload } from "../../core/workload";
import { danglingNames, problemsOf } from "./check";
import { objectClashes } from "./check-objects";
import { claims } from "./claims";
import { controller } from "./controller";
import { autoscaler, budget } from "./disruption";
import { exposureOf } from "./expose";
import { configMaps } from "./files";
import { folders } from "./folders";
import { namespaces } from "./namespaces";
import { policiesOf, sharedPolicies } from "./network";
import { hasPeers, membersOf, namespaceOf, namespacesOf, peersOf, type KubernetesObject } from "./objects";
import type { KubernetesOptions } from "./options";
import { accessOf } from "./rbac";
import { secretOf } from "./secrets";
import { servicesOf } from "./services";
import { transformed, transformProblems } from "./transform";

export type { Exposure } from "./exposure";
export type { KubernetesOptions } from "./options";

/**
 * Plans workloads for a Kubernetes cluster: the namespaces of the stack with their policies, and for each workload its
 * account, its files and secrets, its claims, its Services, its policies, the controller that runs it, and what guards
 * or opens it.
 *
 * Whether a name leads to a port is asked where more than one workload is planned.
 */
export const kubernetesPlanner = (options: KubernetesOptions): Planner => ({
  kind: "kubernetes",
  locate: (name, ports, placement) => locate(options, name, ports, placement),
  plan: (workloads) => planOf(options, workloads),
});

/** A plan, unless something is wrong with the workloads, or was known to be wrong before. */
export function planOf(
  options: KubernetesOptions,
  workloads: readonly Workload[],
  problems: readonly Problem[] = [],
): readonly KubernetesObject[] {
  refuse(subject(options), [
    ...problems,
    ...problemsOf(options, workloads),
    ...(workloads.length > 1 ? danglingNames(options, workloads) : []),
  ]);
  const objects = [
    ...sharedObjects(options, workloads),
    ...workloads.flatMap((workload) => objectsOf(options, workload)),
  ];
  refuse(subject(options), objectClashes(objects));
  return objects;
}

/** Objects as the user's own function changes them. */
function asWanted(options: KubernetesOptions, objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  const changed = transformed(objects, options.transform);
  refuse(subject(options), transformProblems(objects, changed));
  return changed;
}

/** How a refusal names the platform. */
export const subject = ({ name }: KubernetesOptions): string => `kubernetes stack ${JSON.stringify(name)}`;

/** The name of the Service, complete: an agent asks a stack in another namespace. */
function locate<P extends string>(
  options: KubernetesOptions,
  name: string,
  ports: Readonly<Record<P, Port>>,
  placement: Placement | undefined,
): Record<P, Endpoint> {
  const { clusterDomain = "cluster.local" } = options;
  const domain = `${namespaceOf(options, placement)}.svc.${clusterDomain}`;
  const located = Object.entries<Port>(ports).map(([port, { port: number, protocol }]): [string, Endpoint] => [
    port,
    {
      host: `${name}.${domain}`,
      port: number,
      ...(hasPeers(placement) && { peers: `${peersOf(name)}.${domain}` }),
      ...(membersOf(name, placement).length > 1 && {
        members: membersOf(name, placement).map((member) => `${member}.${peersOf(name)}.${domain}`),
      }),
      of: {
        workload: name,
        port,
        ...(protocol !== undefined && { protocol }),
        ...(isOnEveryNode(placement) && { everyNode: placement }),
      },
    },
  ]);
  return Object.fromEntries(located) as Record<P, Endpoint>;
}

/** What belongs to the stack as a whole. Of the namespaces that others make, those alone are there that it has workloads for. */
export function sharedObjects(options: KubernetesOptions, workloads: readonly Workload[]): readonly KubernetesObject[] {
  const used = workloads.map(({ placement }) => namespaceOf(options, placement));
  const present = namespacesOf(options).filter((name) => options.createNamespaces !== false || used.includes(name));
  return asWanted(options, [...namespaces(options), ...sharedPolicies(options, present)]);
}

/** What belongs to one workload that has no problems. */
export const objectsOf = (options: KubernetesOptions, workload: Workload): readonly KubernetesObject[] =>
  asWanted(options, [
    ...accessOf(options, workload),
    ...configMaps(options, workload),
    ...secretOf(options, workload),
    ...claims(options, workload),
    ...folders(options, workload),
    ...servicesOf(options, workload),
    ...policiesOf(options, workload),
    controller(options, workload),
    ...budget(options, workload),
    ...autoscaler(options, workload),
    ...exposureOf(options, workload),
  ]);
