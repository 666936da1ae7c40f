import { isMap, visit, type Document } from "yaml";
import type { Problem } from "./problems";

/** An object of Kubernetes, as the API or a file has it. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Pulumi's type token of an object. */
export const typeToken = ({ apiVersion, kind }: Fields): string =>
  `kubernetes:${apiVersion === "v1" ? "core/v1" : String(apiVersion)}:${String(kind)}`;

/** An object, and where in its document it is. */
export interface PlacedObject {
  readonly fields: Fields;
  readonly path: readonly (string | number)[];
}

/** Objects of a document or of an answer of the API, those in a List too. */
export function objectsIn(content: unknown, path: PlacedObject["path"] = []): readonly PlacedObject[] {
  if (!isFields(content) || !("kind" in content)) return [];
  const { kind, items } = content;
  if (!String(kind).endsWith("List") || !Array.isArray(items)) return [{ fields: content, path }];
  return items.flatMap((item: unknown, i) => objectsIn(item, [...path, "items", i]));
}

/** Why documents cannot be taken as they are written. */
export const yamlProblems = (path: string, documents: readonly Document[]): readonly Problem[] =>
  documents.flatMap((document) => [
    ...document.errors.map(({ message }) => notYaml(path, message.split("\n")[0]!)),
    ...(isTemplate(document) ? [notYaml(path, "braces of a template")] : []),
  ]);

const notYaml = (path: string, reason: string): Problem => ({
  path,
  reason: `not YAML: ${reason}`,
  remedy: "render templates first, as helm template does",
});

/** `{{ .Values.name }}` is YAML by accident: a map that is the name of something. */
function isTemplate(document: Document): boolean {
  let found = false;
  visit(document, {
    Pair: (_, { key }) => {
      found ||= isMap(key);
    },
  });
  return found;
}
