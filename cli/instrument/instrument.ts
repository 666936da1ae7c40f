import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parseDocument, parseAllDocuments } from "yaml";
import { refuse, within, type Problem } from "../../components/core/problems";
import { instrumentAllProblems, type InstrumentAll } from "../../components/instrumentation/all/resource";
import { nodejsKit } from "../../components/instrumentation/kit";
import { composeServices, instrumentedCompose } from "../../components/instrumentation/written/compose";
import {
  instrumentedManifests,
  kitManifests,
  type InstrumentedFile,
} from "../../components/instrumentation/written/manifests";
import { kitFile, type SourceFile } from "./files";

/** Files with what their services need, in the order in which they were read. */
export interface InstrumentedFiles {
  readonly files: readonly (SourceFile & InstrumentedFile & { readonly isCompose: boolean })[];
  /** ConfigMaps of the kit. Empty where no pod loads it. */
  readonly kit: string;
  readonly notes: readonly Problem[];
}

/**
 * @throws Refusal with all that is wrong with options and files
 */
export function instrumentFiles(sources: readonly SourceFile[], options: InstrumentAll): InstrumentedFiles {
  refuse("instrument", instrumentAllProblems(options));
  const files = sources.map(({ path, text }) => {
    const isCompose = isComposeFile(text);
    const file = isCompose ? instrumentedCompose(text, options) : instrumentedManifests(text, options);
    return { path, isCompose, ...file };
  });
  const said = (of: "problems" | "notes") => files.flatMap(({ path, ...file }) => within(path, file[of]));
  refuse("instrument", said("problems"));
  const namespaces = new Set(files.filter(({ isCompose }) => !isCompose).flatMap((file) => file.namespaces));
  return { files, kit: kitManifests([...namespaces], options.kit), notes: said("notes") };
}

/** A compose file names services, and no kind. */
export function isComposeFile(text: string): boolean {
  const [document, ...others] = parseAllDocuments(text, { merge: true, logLevel: "error" });
  if (document === undefined || "empty" in document || others.length > 0 || document.errors.length > 0) return false;
  return composeServices(document.toJS()).length > 0 && !document.has("kind");
}

/** All of it as one stream, for `kubectl apply -f -` or `docker compose -f -`. */
export function asStream({ files, kit }: InstrumentedFiles): string {
  const texts = files.map(({ text }) => (text.endsWith("\n") ? text : `${text}\n`));
  return texts.map((text, i) => (i > 0 && !text.startsWith("---") ? `---\n${text}` : text)).join("") + kit;
}

/** Writes what is changed where it was read, and the kit beside it. Gives the files that are written. */
export function writeBack({ files, kit }: InstrumentedFiles, { kit: nodejs = nodejsKit() }: InstrumentAll): string[] {
  const written: string[] = [];
  const write = (path: string, text: string | Buffer) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    written.push(path);
  };
  for (const { path, text, changed } of files) if (changed) write(path, text);
  for (const { path, isCompose, namespaces } of files) {
    if (!isCompose || namespaces.length === 0) continue;
    for (const [file, content] of Object.entries(nodejs.files)) write(join(dirname(path), nodejs.name, file), content);
  }
  const manifests = files.filter(({ isCompose }) => !isCompose);
  if (kit === "" || manifests[0] === undefined) return written;
  const kustomization = manifests.find(({ path }) => /^kustomization\.ya?ml$/.test(basename(path)));
  const folder = dirname((kustomization ?? manifests[0]).path);
  write(join(folder, kitFile), kit);
  const listed = kustomization && withResource(kustomization.text);
  if (kustomization && listed !== kustomization.text) write(kustomization.path, listed!);
  return written;
}

/** A kustomization that has the kit among its resources. */
function withResource(text: string): string {
  const document = parseDocument(text);
  const { resources = [] } = document.toJS() as { resources?: readonly string[] };
  if (resources.includes(kitFile)) return text;
  if (resources.length === 0) document.set("resources", document.createNode([kitFile]));
  else document.addIn(["resources"], kitFile);
  return document.toString({ lineWidth: 0 });
}
