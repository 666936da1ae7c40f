import { parseAllDocuments, type Document } from "yaml";
import { yamlProblems } from "../../components/core/manifests";
import { refuse, sentence } from "../../components/core/problems";
import { deployed, type Deployed } from "../../components/instrumentation/policy/deployed";
import {
  rules,
  sharedNames,
  workloadProblems,
  type PolicyOptions,
} from "../../components/instrumentation/policy/rules";
import { composeServices } from "../../components/instrumentation/written/compose";
import { manifestsOf } from "../../components/instrumentation/written/manifests";
import { isComposeFile } from "../instrument/instrument";
import type { SourceFile } from "../instrument/files";

/** What one rule says against one workload. */
export interface Untraced {
  readonly file: string;
  readonly workload: string;
  readonly rule: string;
  readonly problem: string;
}

/** What came of the policies over files. */
export interface Policed {
  readonly workloads: number;
  readonly found: readonly Untraced[];
}

/**
 * The rules of the policy pack, over manifests and compose files.
 *
 * @throws Refusal where a file is no YAML, as a template is not
 */
export function policed(files: readonly SourceFile[], options: PolicyOptions): Policed {
  const read = files.map(({ path, text }) => ({
    path,
    text,
    documents: parseAllDocuments(text, { merge: true, logLevel: "error" }) as Document[],
  }));
  refuse(
    "check",
    read.flatMap(({ path, documents }) => yamlProblems(path, documents)),
  );
  const workloads = read.flatMap(({ path: file, text, documents }) =>
    workloadsOf(text, documents).map((workload) => ({ ...workload, file })),
  );
  const found = workloads.flatMap((workload) =>
    rules.flatMap((rule) =>
      workloadProblems(rule, workload, options).map((problem) => ({
        file: workload.file,
        workload: workload.name,
        rule: rule.name,
        problem: sentence(problem),
      })),
    ),
  );
  const shared = sharedNames(workloads, options).map(({ workload, problem }) => ({
    file: workload.file,
    workload: workload.name,
    rule: "service-name-is-its-own",
    problem: sentence(problem),
  }));
  return { workloads: workloads.filter(({ serves }) => serves).length, found: [...found, ...shared] };
}

function workloadsOf(text: string, documents: readonly Document[]): readonly Deployed[] {
  const all = isComposeFile(text)
    ? composeServices(documents[0]!.toJS()).map(({ container }) =>
        deployed("docker:index/container:Container", container),
      )
    : documents.flatMap(manifestsOf).map(({ type, fields }) => deployed(type, fields));
  return all.filter((workload) => workload !== undefined);
}
