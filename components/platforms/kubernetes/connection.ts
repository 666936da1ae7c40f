import { existsSync } from "node:fs";
import type { Problem } from "../../core/problems";
import type { KubernetesOptions } from "./options";

/** The word that it takes to use whatever cluster a shell points at. */
export interface Ambient {
  /**
   * Uses the cluster that kubectl would ask: the current context of KUBECONFIG, or else of ~/.kube/config.
   *
   * @default - refused, where no provider, kubeconfig or context names a cluster
   */
  readonly currentContext?: boolean;
}

/** Whether a kubeconfig is given by its content. */
export const isContent = (kubeconfig: string): boolean => /[\n{]/.test(kubeconfig);

/** What is wrong with how the cluster is reached. Planning asks no cluster, so only what registers looks. */
export function connectionProblems({ kubeconfig, context }: KubernetesOptions): Problem[] {
  const problems: Problem[] = [];
  if (kubeconfig !== undefined && !isContent(kubeconfig) && !existsSync(kubeconfig)) {
    problems.push({
      path: "kubeconfig",
      value: kubeconfig,
      reason: "no such file",
      remedy: "give the path of a file, or remove it to use KUBECONFIG or ~/.kube/config",
    });
  }
  if (context === "") {
    problems.push({ path: "context", value: context, reason: "empty", remedy: "name one, or remove it" });
  }
  return problems;
}

/** A deploy that says nowhere which cluster it is for would go to the one that somebody used last. */
export const unnamedCluster = ({ kubeconfig, context }: KubernetesOptions, provided: boolean): Problem[] =>
  provided || (kubeconfig ?? context) !== undefined
    ? []
    : [
        {
          path: "provider",
          reason: "no provider, kubeconfig or context names a cluster, and the one kubectl uses now may be another",
          remedy: "give one of them, or set currentContext: true",
        },
      ];
