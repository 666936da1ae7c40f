import { childName, contentHash, physicalName } from "../../core/names";
import type { AbsolutePath, File, Workload } from "../../core/workload";
import { directories, inside } from "../directories";
import { namespaceOf, object, type KubernetesObject } from "./objects";
import type { KubernetesOptions } from "./options";
import type { Mounted } from "./volumes";

/**
 * One ConfigMap for the files of each directory, or several where they are large, named after their content: pods that read
 * a changed file roll, no others do, and those not yet replaced keep reading the old one.
 */
export const configMaps = (options: KubernetesOptions, workload: Workload): readonly KubernetesObject[] =>
  textsByDirectory(workload).map(({ directory, part, name, data }) =>
    object(options, {
      apiVersion: "v1",
      kind: "ConfigMap",
      name: childName(
        workload.name,
        `files${directory.replaceAll(/[^a-zA-Z0-9]+/g, "-")}${part === 0 ? "" : `-${part + 1}`}`,
      ),
      called: name,
      namespace: namespaceOf(options, workload.placement),
      workload,
      body: { data, immutable: true },
    }),
  );

/** Each directory of files as one read-only volume, in which files that are secret lie beside those that are not. */
export function fileMounts(workload: Workload): Mounted {
  const texts = textsByDirectory(workload);
  const mounted = directories(workload.files).map((directory, i) => {
    const files = filesIn(workload, directory);
    const items = (wanted: boolean, keyOf: (path: string) => string) =>
      files
        .filter(([, file]) => isSecret(file) === wanted)
        .map(([path]) => ({ key: keyOf(path), path: path.slice(directory.length + 1) }));
    const [open, sealed] = [items(false, (path) => fileKey(path, directory)), items(true, secretKey)];
    const sources = [
      ...texts
        .filter((text) => text.directory === directory)
        .map(({ name, data }) => ({ configMap: { name, items: open.filter(({ key }) => key in data) } })),
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

/**
 * Bytes of the texts in one ConfigMap. `kubectl apply` keeps a copy of each object in an annotation of it, and the API server
 * takes 262,144 bytes of annotations: escaped, the copy is up to a half larger than the texts.
 */
const largest = 160 * 1024;

/** The texts in each directory that has any, in as many parts as they need, each with the name of its ConfigMap. */
export const textsByDirectory = (workload: Workload) =>
  directories(workload.files).flatMap((directory) => {
    const texts = filesIn(workload, directory)
      .flatMap(([path, file]) => (isSecret(file) ? [] : [[fileKey(path, directory), file.content] as const]))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return inParts(texts).map((part, i) => ({
      directory,
      part: i,
      name: physicalName(workload.name, contentHash(JSON.stringify([directory, part]))),
      data: Object.fromEntries(part),
    }));
  });

type Texts = readonly (readonly [key: string, text: string])[];

/** Texts in their order, a new part wherever one would be too large. A text that is too large by itself has one of its own. */
function inParts(texts: Texts): readonly Texts[] {
  const parts: Texts[] = [];
  let bytes = largest;
  for (const text of texts) {
    const own = Buffer.byteLength(text[1]);
    const last = parts.at(-1);
    if (last === undefined || bytes + own > largest) [parts[parts.length], bytes] = [[text], own];
    else [parts[parts.length - 1], bytes] = [[...last, text], bytes + own];
  }
  return parts;
}

/** Key of a secret file in the Secret of its workload: `etc_agent_tls_key.pem`. */
export const secretKey = (path: string): string => fileKey(path, "");

export const isSecret = (file: File): file is Extract<File, { secret: unknown }> => "secret" in file;

const filesIn = ({ files = {} }: Workload, directory: string) =>
  (Object.entries(files) as [AbsolutePath, File][]).filter(([path]) => inside(path, directory));

/** A key has no slash. */
const fileKey = (path: string, directory: string): string =>
  path.slice(directory.length + 1).replaceAll(/[^-._a-zA-Z0-9]/g, "_");
