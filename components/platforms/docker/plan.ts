import { childName } from "../../core/names";
import type { Endpoint, Planner, PlannedObject } from "../../core/platform";
import { refuse } from "../../core/problems";
import { isOnEveryNode, reference, type Placement, type Port, type Workload } from "../../core/workload";
import { danglingNames, problemsOf } from "./check";
import { containers } from "./container";
import { filesOf } from "./files";
import { network, refer, type DockerObject } from "./objects";
import { bindAddressOf, type DockerHostOptions } from "./options";
import { firstOf } from "./runs";
import { transformProblems } from "./transform";
import { dataVolumes } from "./volumes";

export type { DockerHostOptions } from "./options";

/**
 * Plans workloads for one Docker host: a network on which a workload's name is its address, and for each workload its
 * image, its volumes, its files and its containers.
 *
 * Whatever is on the network reaches every port: only publishing is decided by a port's reach. Whether a name leads
 * to a port is asked where more than one workload is planned.
 */
export const dockerPlanner = (options: DockerHostOptions): Planner => ({
  kind: "docker",
  locate,
  plan(workloads): readonly PlannedObject[] {
    refuse(subject(options), [
      ...problemsOf(options, workloads),
      ...(workloads.length > 1 ? danglingNames(options, workloads) : []),
    ]);
    return objectsOf(options, workloads);
  },
});

/** How a refusal names the platform. */
export const subject = ({ name }: DockerHostOptions): string => `docker host ${JSON.stringify(name)}`;

/** The network lists all containers of a workload under its name. */
function locate<P extends string>(name: string, ports: Readonly<Record<P, Port>>, placement?: Placement) {
  const several = placement !== undefined && !isOnEveryNode(placement) && placement.replicas !== 1;
  const located = Object.entries<Port>(ports).map(([port, { port: number }]): [string, Endpoint] => [
    port,
    { host: name, port: number, ...(several && { peers: name }), of: { workload: name, port } },
  ]);
  return Object.fromEntries(located) as Record<P, Endpoint>;
}

/** All resources of workloads that have no problems. */
export function objectsOf(options: DockerHostOptions, workloads: readonly Workload[]): readonly DockerObject[] {
  const { transform = (object: DockerObject) => object } = options;
  const planned = [network(options.name), ...workloads.flatMap((workload) => objectsOfOne(options, workload))];
  const changed = planned.map(transform);
  refuse(subject(options), transformProblems(planned, changed));
  return changed;
}

function objectsOfOne(options: DockerHostOptions, workload: Workload): DockerObject[] {
  const stack = options.name;
  const image: DockerObject = {
    type: "docker:index/remoteImage:RemoteImage",
    name: childName(workload.name, "image"),
    inputs: { name: reference(workload.image), keepLocally: true },
  };
  const files = filesOf(stack, workload, refer(image, "imageId"));
  const first = firstOf(stack, workload, refer(network(stack), "name"), files);
  return [
    image,
    ...dataVolumes(stack, workload),
    ...files.objects,
    ...first.objects,
    ...containers(workload, {
      stack,
      bindAddress: (...port) => bindAddressOf(options, ...port),
      network: refer(network(stack), "name"),
      image: refer(image, "imageId"),
      files,
      first,
    }),
  ];
}
