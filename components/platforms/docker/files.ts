import { childName, contentHash, physicalName } from "../../core/names";
import { reference, type AbsolutePath, type File, type Workload } from "../../core/workload";
import { directories, inside } from "../directories";
import type { Reference } from "../planned";
import { Sealed } from "../planned";
import { labels, refer, type DockerObject } from "./objects";

/** Config files of a workload, as what creates them and how its containers mount them. */
export interface Files {
  readonly objects: readonly DockerObject[];
  readonly mounts: readonly { type: string; source: Reference; target: string; readOnly: true }[];
  /** Id of the container that filled the volumes: another one after every change, of a secret too. */
  readonly version?: Reference;
}

/**
 * Docker cannot write into a container whose root is read-only. So files go into volumes, one for each directory, named
 * after their content; a container that is never started fills them. What the image itself has in a directory is kept:
 * Docker copies it into a volume that is empty. Secrets are not part of the name, but every change of one replaces the
 * filling container, whose id all containers of the workload carry.
 */
export function filesOf(stack: string, workload: Workload, image: Reference): Files {
  const { name, files = {} } = workload;
  const volumes = directories(files).map((directory) => ({
    directory,
    volume: volumeOf(stack, workload, directory),
  }));
  if (volumes.length === 0) return { objects: [], mounts: [] };
  const filler: DockerObject = {
    type: "docker:index/container:Container",
    name: childName(name, "files"),
    inputs: {
      name: physicalName(stack, name, "files"),
      // Any image would do; this one is sure to be there.
      image,
      start: false,
      mustRun: false,
      networkMode: "none",
      mounts: volumes.map(({ directory, volume }) => ({
        type: "volume",
        source: refer(volume, "name"),
        target: directory,
      })),
      uploads: Object.entries(files).map(([file, content]) => ({
        file,
        content: "secret" in content ? new Sealed(content) : content.content,
        // Whoever the process runs as reads them: Docker lets nobody else near the volume.
        permissions: "0444",
      })),
      labels: labels(stack, { workload: name, component: workload.component }),
    },
  };
  return {
    objects: [...volumes.map(({ volume }) => volume), filler],
    mounts: volumes.map(({ directory, volume }) => ({
      type: "volume",
      source: refer(volume, "name"),
      target: directory,
      readOnly: true,
    })),
    version: refer(filler, "id"),
  };
}

function volumeOf(stack: string, { name, image, files = {} }: Workload, directory: string): DockerObject {
  const role = `files${directory.replaceAll(/[^a-zA-Z0-9]+/g, "-")}`;
  const held = (Object.entries(files) as [AbsolutePath, File][])
    .filter(([path]) => inside(path, directory))
    .map(([path, file]) => [path, "secret" in file ? null : file.content]);
  const version = contentHash(JSON.stringify([reference(image), held.sort()]));
  return {
    type: "docker:index/volume:Volume",
    name: childName(name, role),
    inputs: {
      name: physicalName(stack, name, role, version),
      labels: labels(stack, { workload: name, holds: "files" }),
    },
  };
}
