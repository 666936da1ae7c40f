import { childName, contentHash, physicalName } from "../../core/names";
import type { AbsolutePath, File, Workload } from "../../core/workload";
import { directories, inside } from "../directories";
import { namespaceOf, object, type KubernetesObject } from "./objects";
import type { KubernetesOptions } from "./options";
import type { Mounted } from "./volumes";

/**
 * One ConfigMap for the files of each directory, named after their content: pods that read a changed file roll, no
 * others do, and those not yet replaced keep reading the old one.
 */
export const configMaps = (options: KubernetesOptions, workload: Workload): readonly KubernetesObject[] =>
  textsByDirectory(workload).map(({ directory, name, data }) =>
    object(options, {
      apiVersion: "v1",
      kind: "ConfigMap",
      name: childName(workload.name, `files${directory.replaceAll(/[^a-zA-Z0-9]+/g, "-")}`),
      called: name,
      namespace: namespaceOf(options, workload.placement),
      workload,
      body: { data, immutable: true },
    }),
  );

/** Each directory of files as one read-only volume, in which files that are secret lie beside those that are not. */
export function fileMounts(workload: Workload): Mounted {
  const texts = new Map(textsByDirectory(workload).map(({ directory, name }) => [directory, name]));
  const mounted = directories(workload.files).map((directory, i) => {
    const files = filesIn(workload, directory);
    const items = (wanted: boolean, keyOf: (path: string) => string) =>
      files
        .filter(([, file]) => isSecret(file) === wanted)
        .map(([path]) => ({ key: keyOf(path), path: path.slice(directory.length + 1) }));
    const [open, sealed] = [items(false, (path) => fileKey(path, directory)), items(true, secretKey)];
    const sources = [
      ...(open.length > 0 ? [{ configMap: { name: texts.get(directory), items: open } }] : []),
      ...(sealed.length > 0 ? [{ secret: { name: workload.name, items: sealed } }] : []),
    ];
    const name = `files-${i}`;
    return {
      // Whoever the process runs as reads them: nobody else sees the volume.
      volume: { name, projected: { defaultMode: 0o444, sources } },
      mount: { name, mountPath: directory, readOnly: true as const },
    };
  });
  return { volumes: mounted.map(({ volume }) => volume), mounts: mounted.map(({ mount }) => mount) };
}

/** The texts in each directory that has any, with the name of the ConfigMap that holds them. */
export const textsByDirectory = (workload: Workload) =>
  directories(workload.files).flatMap((directory) => {
    const texts = filesIn(workload, directory)
      .flatMap(([path, file]) => (isSecret(file) ? [] : [[fileKey(path, directory), file.content] as const]))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    if (texts.length === 0) return [];
    const name = physicalName(workload.name, contentHash(JSON.stringify([directory, texts])));
    return [{ directory, name, data: Object.fromEntries(texts) }];
  });

/** Key of a secret file in the Secret of its workload: `etc_agent_tls_key.pem`. */
export const secretKey = (path: string): string => fileKey(path, "");

export const isSecret = (file: File): file is Extract<File, { secret: unknown }> => "secret" in file;

const filesIn = ({ files = {} }: Workload, directory: string) =>
  (Object.entries(files) as [AbsolutePath, File][]).filter(([path]) => inside(path, directory));

/** A key has no slash. */
const fileKey = (path: string, directory: string): string =>
  path.slice(directory.length + 1).replaceAll(/[^-._a-zA-Z0-9]/g, "_");
