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
    : [found(`nodeSelector.${osLabel}`, os, "every image of the stack is for Linux", "remove it")];

const effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

function ofToleration(one: Loose): Problem[] {
  const { key, operator = "Equal", value, effect, tolerationSeconds } = one;
  const problems = unknownFields(one, ["key", "operator", "value", "effect", "tolerationSeconds"]);
  if (operator !== "Equal" && operator !== "Exists") {
    problems.push(found("operator", operator, "unknown operator", "write Equal or Exists"));
  }
  if (operator === "Equal" && key === undefined) {
    problems.push(found("key", key, "missing, but operator is Equal", "name a taint, or write operator: Exists"));
  }
  if (operator === "Exists" && value !== undefined) {
    problems.push(found("value", value, "has no effect with operator Exists", "remove it, or write operator: Equal"));
  }
  if (effect !== undefined && !effects.includes(String(effect))) {
    problems.push(
      found("effect", effect, "unknown effect", `write ${effects.join(", ")}, or remove it to match all effects`),
    );
  }
  if (tolerationSeconds !== undefined && effect !== "NoExecute") {
    const remedy = "write effect: NoExecute, or remove it";
    problems.push(found("tolerationSeconds", tolerationSeconds, "only has an effect with effect NoExecute", remedy));
  }
  return problems;
}
