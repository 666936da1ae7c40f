import type * as docker from "@pulumi/docker";
import { physicalName } from "../../core/names";
import { Reference, type Planned } from "../planned";

/** Every kind of resource this platform creates, with its arguments. */
export interface DockerArgs {
  readonly "docker:index/network:Network": docker.NetworkArgs;
  readonly "docker:index/remoteImage:RemoteImage": docker.RemoteImageArgs;
  readonly "docker:index/volume:Volume": docker.VolumeArgs;
  readonly "docker:index/container:Container": docker.ContainerArgs;
}

export type DockerType = keyof DockerArgs;

/** One planned resource. */
export type DockerObject = {
  readonly [T in DockerType]: {
    readonly type: T;
    readonly name: string;
    readonly inputs: Planned<DockerArgs[T]>;
    /** It holds data: nothing but its name may ever replace it, and whoever wants it gone deletes it by hand. */
    readonly keep?: true;
  };
}[DockerType];

/** The name or id of another planned object, once it exists. */
export const refer = ({ name, type }: DockerObject, output: "id" | "name" | "imageId"): Reference =>
  new Reference(name, type, output);

/** Labels by which everything of one stack is found on an engine. */
export const labels = (stack: string, rest: Readonly<Record<string, string>> = {}) =>
  Object.entries({ stack, ...rest }).map(([key, value]) => ({ label: `dev.sightline.${key}`, value }));

/** The network on which all workloads of a stack find each other. */
export const network = (stack: string): DockerObject => ({
  type: "docker:index/network:Network",
  name: physicalName(stack),
  inputs: { name: physicalName(stack), driver: "bridge", labels: labels(stack) },
});
