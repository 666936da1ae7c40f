import { parseAllDocuments, type Document } from "yaml";
import { yaml, type Config } from "../../core/config";
import { isFields, objectsIn, typeToken, yamlProblems, type Fields, type PlacedObject } from "../../core/manifests";
import type { Problem } from "../../core/problems";
import { instrumentedResource, type InstrumentAll } from "../all/resource";
import { kitConfigMap, nodejsKit } from "../kit";
import { patch } from "./patch";

/** A file with what its services need, and what was found on the way. */
export interface InstrumentedFile {
  /** The same text where nothing of it is changed. */
  readonly text: string;
  readonly changed: boolean;
  /** Namespaces whose pods load the kit; undefined is the one that is applied to. */
  readonly namespaces: readonly (string | undefined)[];
  readonly problems: readonly Problem[];
  readonly notes: readonly Problem[];
}

/** An object of Kubernetes as it stands in a file. */
export interface Manifest extends PlacedObject {
  /** Pulumi type token. */
  readonly type: string;
  readonly name: string;
}

/** Manifests of Kubernetes with what their services need. Comments, order and all that is not changed stay. */
export function instrumentedManifests(text: string, options: InstrumentAll): InstrumentedFile {
  const documents = parseAllDocuments(text);
  const wrong = yamlProblems("file", documents as Document[]);
  if (wrong.length > 0) return { text, changed: false, namespaces: [], problems: wrong, notes: [] };
  const namespaces = new Set<string | undefined>();
  const [problems, notes]: [Problem[], Problem[]] = [[], []];
  let changed = false;
  for (const document of documents as Document[]) {
    for (const { type, name, fields, path } of manifestsOf(document)) {
      const found = instrumentedResource(type, name, fields, options);
      problems.push(...found.problems);
      notes.push(...found.notes);
      if (loads(found.props)) namespaces.add((fields["metadata"] as { namespace?: string } | undefined)?.namespace);
      if (found.given === undefined) continue;
      patch(document, path, fields, found.props);
      changed = true;
    }
  }
  const written = changed
    ? (documents as Document[]).map((document) => document.toString(styleOf(text))).join("")
    : text;
  return { text: written, changed, namespaces: [...namespaces], problems, notes };
}

/** Whether pods of an object load the kit, whoever has written so. */
const loads = (props: Fields): boolean => JSON.stringify(props).includes('"sightline-nodejs"');

/** Objects of a document, those in a List too. */
export const manifestsOf = (document: Document): readonly Manifest[] =>
  objectsIn(document.toJS()).map(({ fields, path }) => {
    const name = isFields(fields["metadata"]) ? String(fields["metadata"]["name"] ?? "") : "";
    return { type: typeToken(fields), name, fields, path };
  });

/** As the file is written: lines stay whole, and lists begin where they began. */
const styleOf = (text: string) => ({
  lineWidth: 0,
  indentSeq: !/^( *)[\w-]+:(?: *#.*)?\n\1- /m.test(text),
  flowCollectionPadding: !/\{\w/.test(text),
});

/** ConfigMaps of the kit, one for each namespace, as one file. */
export const kitManifests = (namespaces: readonly (string | undefined)[], kit = nodejsKit()): string =>
  [...namespaces]
    .sort()
    .map((namespace) => ({ apiVersion: "v1", kind: "ConfigMap", ...kitConfigMap(kit, namespace) }))
    .map((object) => `---\n${yaml(object as unknown as Config)}`)
    .join("");
