import { posix } from "node:path";
import type { Problem } from "../core/problems";
import { inBytes } from "../core/units";
import type { Workload } from "../core/workload";
import { directories, inside } from "./directories";

/** Directories that belong to the system inside a container. Files may lie in folders below them. */
const systems = "bin boot dev etc home lib lib64 media mnt opt proc root run sbin srv sys tmp usr var".split(" ");
const reserved = new Set(["/", ...systems.map((name) => `/${name}`), "/usr/bin", "/usr/lib", "/usr/sbin", "/var/lib"]);

/** Where nothing at all may be mounted. */
const kernel = ["/dev", "/proc", "/sys"];

/** What is wrong with the files and volumes of a workload. */
export const mountProblems = (workload: Workload): Problem[] => [
  ...fileProblems(workload),
  ...volumeProblems(workload),
  ...overlaps(workload),
];

const isAbsolute = (path: string): boolean =>
  path.startsWith("/") && posix.normalize(path) === path && (path === "/" || !path.endsWith("/"));

function fileProblems({ files = {} }: Workload): Problem[] {
  return Object.entries(files).flatMap(([path, file]) => {
    const directory = posix.dirname(path);
    const problems: Problem[] = [];
    if (!isAbsolute(path)) {
      problems.push({
        path: `files.${path}`,
        reason: "not an absolute path",
        remedy: "start it with /, without ., .. or a trailing /",
      });
    } else if (reserved.has(directory) || kernel.some((root) => inside(path, root))) {
      problems.push({
        path: `files.${path}`,
        reason: `a volume cannot be mounted on ${directory}`,
        remedy: "put it in a separate folder, as /etc/name/file",
      });
    }
    if ("content" in file && file.content === "") {
      problems.push({ path: `files.${path}`, reason: "empty", remedy: "add content, or remove the file" });
    }
    return problems;
  });
}

function volumeProblems({ volumes = {} }: Workload): Problem[] {
  const names = new Set<string>();
  return Object.entries(volumes).flatMap(([path, volume]) => {
    const problems: Problem[] = [];
    const add = (value: string | undefined, reason: string, remedy: string) =>
      problems.push({ path: `volumes.${path}`, ...(value !== undefined && { value }), reason, remedy });
    if (!isAbsolute(path) || path === "/" || kernel.some((root) => path === root || inside(path, root))) {
      add(undefined, "nothing can be mounted at this path", "give an absolute path of a folder, as /var/lib/name");
    }
    if (volume.kind === "host" && !isAbsolute(volume.path)) {
      add(volume.path, "not an absolute path of the host", "start it with /");
    }
    if (volume.kind !== "host" && !(inBytes(volume.size) > 0)) {
      add(volume.size, "not a size", 'write it with its unit, as "2 GiB"');
    }
    if (volume.kind === "persistent") {
      if (names.has(volume.name)) add(volume.name, "another volume has this name", "give one of them another name");
      names.add(volume.name);
    }
    return problems;
  });
}

/** No container runtime can make a mount point inside something that is mounted read-only. */
function overlaps({ files, volumes = {} }: Workload): Problem[] {
  const config = directories(files);
  const readOnly = Object.entries(volumes).flatMap(([path, { kind }]) => (kind === "host" ? [path] : []));
  const inVolumes = Object.keys(volumes).flatMap((path) => {
    const around = [...config, ...readOnly].find((directory) => inside(path, directory));
    if (around === undefined) return [];
    return {
      path: `volumes.${path}`,
      reason: `is inside ${around}, which is read-only`,
      remedy: "mount it elsewhere",
    };
  });
  const inFiles = config.flatMap((directory) => {
    if (directory in volumes) {
      return {
        path: `files.${directory}`,
        reason: "a volume is mounted on this folder",
        remedy: "put the files in a separate folder",
      };
    }
    const around = readOnly.find((path) => inside(directory, path));
    if (around === undefined) return [];
    return {
      path: `files.${directory}`,
      reason: `is inside ${around}, which is read-only`,
      remedy: "put it elsewhere",
    };
  });
  return [...inVolumes, ...inFiles];
}
