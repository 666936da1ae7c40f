import { childName, contentHash, physicalName } from "../../core/names";
import { inMebibytes, inSeconds, type Duration } from "../../core/units";
import { isOnEveryNode, type Health, type Port, type Workload } from "../../core/workload";
import type { Reference } from "../planned";
import { scratchBytes } from "../scratch";
import { envsOf } from "./env";
import type { Files } from "./files";
import { labels, type DockerObject } from "./objects";
import { repeating, type First } from "./runs";
import { mountsOf, userOf } from "./volumes";

interface Surroundings {
  readonly stack: string;
  /** Address of the host on which each port is published. */
  readonly bindAddress: (workload: string, port: string) => string;
  readonly network: Reference;
  readonly image: Reference;
  readonly files: Files;
  readonly first: First;
}

/** Number of containers. A host is one node. */
export function replicasOf({ placement = { replicas: 1 } }: Workload): number {
  if (isOnEveryNode(placement)) return 1;
  return typeof placement.replicas === "number" ? placement.replicas : placement.replicas.min;
}

/** Whether the number of processes follows the load. */
export const isAutoscaled = ({ placement }: Workload): boolean =>
  placement !== undefined && !isOnEveryNode(placement) && typeof placement.replicas !== "number";

/** The containers of a workload. The first is called as the workload, so that adding replicas leaves it alone. */
export const containers = (workload: Workload, around: Surroundings): readonly DockerObject[] =>
  Array.from({ length: replicasOf(workload) }, (_, i) =>
    container(workload, around, i === 0 ? undefined : String(i + 1)),
  );

function container(workload: Workload, around: Surroundings, replica: string | undefined): DockerObject {
  const { stack, bindAddress, network, image, files, first } = around;
  const name = childName(workload.name, replica);
  const memory = inMebibytes(workload.memory) + Math.ceil(scratchBytes(workload) / 1024 ** 2);
  const grace = Math.ceil(inSeconds(workload.grace ?? "30s"));
  return {
    type: "docker:index/container:Container",
    name,
    inputs: {
      name: physicalName(stack, name),
      hostname: name,
      image,
      ...startOf(workload),
      envs: envsOf(workload.env),
      user: userOf(workload),
      readOnly: true,
      capabilities: { drops: ["ALL"] },
      securityOpts: ["no-new-privileges"],
      networksAdvanced: [{ name: network, aliases: [workload.name] }],
      ports: published(workload).map(([key, { port, outside = port, protocol = "tcp" }]) => ({
        internal: port,
        external: outside,
        ip: bindAddress(workload.name, key),
        protocol,
      })),
      mounts: [...mountsOf(stack, workload), ...files.mounts],
      memory,
      // Equal to memory means no swap. Left out, Docker chooses, and every preview shows its choice as a change.
      memorySwap: memory,
      // As Kubernetes turns a request into shares.
      ...(workload.cpu !== undefined && { cpuShares: Math.max(2, Math.round(workload.cpu * 1024)) }),
      restart: "unless-stopped",
      logDriver: "json-file",
      logOpts: { "max-size": "10m", "max-file": "3" },
      stopTimeout: grace,
      // Without it the provider kills at once.
      destroyGraceSeconds: grace,
      ...(workload.health?.command && { healthcheck: healthcheck(workload.health.command, workload.health) }),
      ...(workload.awaited && { wait: true, waitTimeout: Math.ceil(inSeconds(workload.health?.startup ?? "60s")) }),
      labels: [
        ...labels(stack, { workload: workload.name, component: workload.component, command: commandHash(workload) }),
        ...(files.version === undefined ? [] : [{ label: "dev.sightline.files", value: files.version }]),
        ...(first.version === undefined ? [] : [{ label: "dev.sightline.first", value: first.version }]),
      ],
    },
  };
}

/** What the container starts with. A program takes the place of the image's, which would else keep its arguments. */
function startOf({ command, args = [], repeat }: Workload) {
  if (repeat !== undefined) return { entrypoints: repeating(repeat), command: [...(command ?? []), ...args] };
  return {
    ...(command !== undefined && { entrypoints: [...command] }),
    ...(args.length > 0 && { command: [...args] }),
  };
}

/**
 * What the provider keeps where it is no longer given, with a clean preview. As part of a label it replaces the
 * container.
 */
const commandHash = ({ command, args = [], cpu = 0, health }: Workload): string =>
  contentHash(JSON.stringify([args, cpu, health?.command ?? [], ...(command === undefined ? [] : [command])]));

/** Ports that the outside reaches, by name. */
export const published = ({ ports }: Workload): readonly [string, Port][] =>
  Object.entries(ports).filter(([, { reach }]) => reach === "outside");

const healthcheck = (command: readonly string[], { startup = "60s" }: Health) => ({
  tests: ["CMD", ...command],
  interval: "10s",
  timeout: "5s",
  retries: 3,
  startPeriod: asGoPrints(startup),
});

/** A duration as Go prints it, in whole seconds: `1m0s`. Written otherwise, every preview shows a change. */
export function asGoPrints(duration: Duration): string {
  const total = Math.ceil(inSeconds(duration));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  if (hours > 0) return `${hours}h${minutes}m${seconds}s`;
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}
