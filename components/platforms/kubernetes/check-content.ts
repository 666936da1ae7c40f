import { isName } from "../../core/names";
import type { Problem } from "../../core/problems";
import type { Workload } from "../../core/workload";
import { isSecret, secretKey, textsByDirectory } from "./files";

/** A ConfigMap or a Secret holds no more. Source: MaxSecretSize in the API of Kubernetes. */
const largest = 1024 ** 2;

/** What is wrong with what a workload reads: its variables, its files, and the names of its volumes. */
export const contentProblems = (workload: Workload): Problem[] => [
  ...envProblems(workload),
  ...sizeProblems(workload),
  ...keyClashes(workload),
  ...volumeNameProblems(workload),
];

const envProblems = ({ env = {} }: Workload): Problem[] =>
  Object.keys(env)
    .filter((name) => !/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name))
    .map((name) => ({
      path: `env.${name}`,
      reason: "not a valid variable name",
      remedy: "start it with a letter; use only letters, digits and _",
    }));

/** Files of a directory lie in as many ConfigMaps as they need, but each of them whole in one. */
const sizeProblems = (workload: Workload): Problem[] =>
  textsByDirectory(workload)
    .map(({ directory, data }) => [directory, Buffer.byteLength(JSON.stringify(data))] as const)
    .filter(([, size]) => size > largest)
    .map(([directory, size]) => ({
      path: `files.${directory}`,
      value: `${Math.ceil(size / 1024)} KiB`,
      reason: "one file is larger than the 1 MiB limit of a ConfigMap",
      remedy: "make several files of it",
    }));

/** Files that would have one key: `/etc/a/b_c` and `/etc/a/b/c`. */
function keyClashes({ files = {} }: Workload): Problem[] {
  const taken = new Map<string, string>();
  return Object.entries(files).flatMap(([path, file]) => {
    const key = `${isSecret(file)} ${secretKey(path)}`;
    const other = taken.get(key);
    taken.set(key, path);
    if (other === undefined) return [];
    return {
      path: `files.${path}`,
      reason: `has the same key as ${other}, once characters other than letters, digits, - and . become _`,
      remedy: "give one of them another name",
    };
  });
}

const volumeNameProblems = ({ volumes = {} }: Workload): Problem[] =>
  Object.entries(volumes).flatMap(([path, volume]) =>
    volume.kind !== "persistent" || isName(volume.name)
      ? []
      : {
          path: `volumes.${path}`,
          value: volume.name,
          reason: "not a name",
          remedy: "use lower case letters, digits and single hyphens, at most 40",
        },
  );
