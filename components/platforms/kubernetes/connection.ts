import { existsSync } from "node:fs";
import type { Problem } from "../../core/problems";
import type { KubernetesOptions } from "./options";

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
      remedy: "give the path of one, or leave it out to take KUBECONFIG or else ~/.kube/config",
    });
  }
  if (context === "") {
    problems.push({ path: "context", value: context, reason: "empty", remedy: "name one, or leave it out" });
  }
  return problems;
}
