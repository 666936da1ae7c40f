import { parseAllDocuments, type Document } from "yaml";
import { servicesInCompose } from "../../components/discovery/compose";
import { servicesInManifests } from "../../components/discovery/manifests";
import type { FoundService } from "../../components/discovery";
import { objectsIn, yamlProblems } from "../../components/core/manifests";
import { refuse } from "../../components/core/problems";
import { recognised } from "../../components/instrumentation/all/recognised";
import type { Recognise } from "../../components/discovery/manifests";
import type { SourceFile } from "../instrument/files";

/** Runtimes that the kits are for. What is known to be another needs an SDK of its own, as what is not known does. */
const recognise: Recognise = (container) => {
  const found = recognised(container);
  return found === "env" ? "other" : found;
};

/**
 * Services in files: manifests of Kubernetes, taken together, and compose files.
 *
 * @throws Refusal with every file that is no YAML
 */
export function servicesInFiles(files: readonly SourceFile[]): FoundService[] {
  const read = files.map(({ path, text }) => ({ path, documents: parseAllDocuments(text) as Document[] }));
  refuse(
    "files",
    read.flatMap(({ path, documents }) => yamlProblems(path, documents)),
  );
  const contents = read.flatMap(({ path, documents }) =>
    documents.map((document) => ({ path, content: document.toJS() as unknown })),
  );
  const manifests = contents.flatMap(({ path, content }) =>
    objectsIn(content).map(({ fields: object }) => ({ path, object })),
  );
  const objects = manifests.map(({ object }) => object);
  return [
    // Each with its file, and all of them to look for Services, routes and ConfigMaps in.
    ...manifests.flatMap(({ path, object }) => servicesInManifests([object], path, recognise, objects)),
    ...contents.flatMap(({ path, content }) => servicesInCompose(content, path, recognise)),
  ];
}

/** Services of a cluster, from what `kubectl get -o json` answers. */
export const servicesInCluster = (list: unknown): FoundService[] =>
  servicesInManifests(
    objectsIn(list).map(({ fields }) => fields),
    "cluster",
    recognise,
  );
