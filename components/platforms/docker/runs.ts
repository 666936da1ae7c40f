import { childName, contentHash, physicalName } from "../../core/names";
import { inMebibytes, inSeconds, type Duration } from "../../core/units";
import { reference, type Step, type Workload } from "../../core/workload";
import type { Reference } from "../planned";
import { envsOf } from "./env";
import type { Files } from "./files";
import { labels, refer, type DockerObject } from "./objects";

/** Longest time until a run that failed is tried again, in seconds. */
const again = 60;

/** Ends at once when it is told to, and with it the program that runs. */
const ending = (code: number): string => `trap 'kill $! 2>/dev/null; exit ${code}' TERM`;

/** What starts a program again and again: Docker keeps no schedule, so the image's own shell does. */
export const repeating = (repeat: Duration): string[] => {
  const seconds = Math.ceil(inSeconds(repeat));
  const run = `if "$@" & wait $!; then pause=${seconds}; else pause=${Math.min(again, seconds)}; fi`;
  return ["/bin/sh", "-c", `${ending(0)}; while :; do ${run}; sleep $pause & wait $!; done`, "repeat"];
};

/** What starts a program until it has succeeded: Docker takes any end of a container for a good one. */
const succeeding: readonly string[] = [
  "/bin/sh",
  "-c",
  `${ending(1)}; until "$@" & wait $!; do sleep 2 & wait $!; done`,
  "first",
];

/** What runs before a workload: containers that whoever creates them waits for. */
export interface First {
  readonly objects: readonly DockerObject[];
  /** Id of the last of them: another one whenever one of them has changed. */
  readonly version?: Reference;
}

/**
 * One container for each step, each created once the one before has ended. It is created, and runs, again when it
 * changes; not when its workload is only restarted.
 */
export function firstOf(stack: string, workload: Workload, network: Reference, files: Files): First {
  const objects: DockerObject[] = [];
  let version = files.version;
  for (const step of workload.first ?? []) {
    const image: DockerObject = {
      type: "docker:index/remoteImage:RemoteImage",
      name: childName(workload.name, `${step.name}-image`),
      inputs: { name: reference(step.image), keepLocally: true },
    };
    const container = stepContainer(stack, workload, step, { network, image: refer(image, "imageId"), files, version });
    objects.push(image, container);
    version = refer(container, "id");
  }
  return { objects, ...(objects.length > 0 && version !== undefined && { version }) };
}

function stepContainer(
  stack: string,
  workload: Workload,
  { name: step, image: { user }, command, args = [], env }: Step,
  around: { network: Reference; image: Reference; files: Files; version: Reference | undefined },
): DockerObject {
  const name = childName(workload.name, step);
  const memory = inMebibytes(workload.memory);
  return {
    type: "docker:index/container:Container",
    name,
    inputs: {
      name: physicalName(stack, name),
      hostname: name,
      image: around.image,
      entrypoints: [...succeeding],
      command: [...command, ...args],
      envs: envsOf(env),
      user,
      readOnly: true,
      capabilities: { drops: ["ALL"] },
      securityOpts: ["no-new-privileges"],
      networksAdvanced: [{ name: around.network, aliases: [name] }],
      mounts: [...around.files.mounts],
      memory,
      memorySwap: memory,
      attach: true,
      mustRun: false,
      logDriver: "json-file",
      logOpts: { "max-size": "10m", "max-file": "3" },
      labels: [
        ...labels(stack, {
          workload: workload.name,
          component: workload.component,
          command: contentHash(JSON.stringify([command, args])),
        }),
        ...(around.version === undefined ? [] : [{ label: "dev.sightline.after", value: around.version }]),
      ],
    },
  };
}
