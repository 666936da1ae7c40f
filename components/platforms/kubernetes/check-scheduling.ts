import { within, type Problem } from "../../core/problems";
import { found, loose, strings, unknownFields, type Loose } from "./loose";
import type { KubernetesOptions } from "./options";
import { osLabel } from "./scheduling";

/** What is wrong with where pods may run. A misspelt restriction would restrict nothing. */
export const schedulingProblems = ({ scheduling = {} }: KubernetesOptions): Problem[] =>
  Object.entries(scheduling).flatMap(([workload, own]) => within(`scheduling.${workload}`, ofWorkload(loose(own))));

function ofWorkload(own: Loose): Problem[] {
  const { nodeSelector = {}, tolerations = [], affinity = {} } = own;
  return [
    ...unknownFields(own, ["nodeSelector", "tolerations", "affinity"]),
    ...strings("nodeSelector", nodeSelector),
    ...systems(loose(nodeSelector)),
    ...(Array.isArray(tolerations)
      ? tolerations.flatMap((one, i) => within(`tolerations.${i}`, ofToleration(loose(one))))
      : [found("tolerations", tolerations, "not a list", "write each as { key: dedicated, operator: Exists }")]),
    ...within("affinity", unknownFields(loose(affinity), ["nodeAffinity", "podAffinity", "podAntiAffinity"])),
  ];
}

const systems = ({ [osLabel]: os }: Loose): Problem[] =>
  os === undefined || os === "linux"
    ? []
    : [found(`nodeSelector.${osLabel}`, os, "every image of the stack is for Linux", "leave it out")];

const effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

function ofToleration(one: Loose): Problem[] {
  const { key, operator = "Equal", value, effect, tolerationSeconds } = one;
  const problems = unknownFields(one, ["key", "operator", "value", "effect", "tolerationSeconds"]);
  if (operator !== "Equal" && operator !== "Exists") {
    problems.push(found("operator", operator, "no such operator", "write Equal or Exists"));
  }
  if (operator === "Equal" && key === undefined) {
    problems.push(found("key", key, "missing beside operator Equal", "name a taint, or write operator: Exists"));
  }
  if (operator === "Exists" && value !== undefined) {
    problems.push(
      found("value", value, "of no meaning with operator Exists", "leave it out, or write operator: Equal"),
    );
  }
  if (effect !== undefined && !effects.includes(String(effect))) {
    problems.push(found("effect", effect, "no such effect", `write ${effects.join(", ")}, or leave it out for all`));
  }
  if (tolerationSeconds !== undefined && effect !== "NoExecute") {
    const remedy = "write effect: NoExecute, or leave it out";
    problems.push(
      found("tolerationSeconds", tolerationSeconds, "of no meaning with another effect than NoExecute", remedy),
    );
  }
  return problems;
}
