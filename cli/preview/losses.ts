import { at, holdsData, isProvider, kindOf } from "./kinds";
import { quantity } from "./capacity";
import type { Step } from "./steps";

/** A way in which this change can lose data. */
export interface Loss {
  /** What: a setting, or kind and name of an object. */
  readonly what: string;
  /** What happens to it: `deleted`, `from 72h to 24h`. */
  readonly change: string;
  /** What can be lost. */
  readonly loses: string;
}

/** What objects that go, are replaced or shrink take with them. */
export const lossesOf = (steps: readonly Step[]): Loss[] =>
  steps.flatMap((step) => [
    ...storesGone(step),
    ...claimShrunk(step),
    ...replicasReduced(step),
    ...namespaceGone(step),
    ...elsewhere(step),
  ]);

const gone: Partial<Record<Step["operation"], string>> = { delete: "deleted", replace: "replaced by an empty one" };

const named = (step: Step): string => `${kindOf(step)} ${step.name}`;

function storesGone(step: Step): Loss[] {
  const change = gone[step.operation];
  return change !== undefined && holdsData(step) && !step.retained
    ? [{ what: named(step), change, loses: `all that ${step.component} has stored in it` }]
    : [];
}

function claimShrunk(step: Step): Loss[] {
  if (kindOf(step) !== "PersistentVolumeClaim" || step.operation !== "update") return [];
  const [before, after] = [step.before, step.after].map((side) => at(side, "spec", "resources", "requests", "storage"));
  return quantity(after) < quantity(before)
    ? [
        {
          what: named(step),
          change: `from ${String(before)} to ${String(after)}`,
          loses: "nothing: Kubernetes refuses to shrink a claim, so the update fails",
        },
      ]
    : [];
}

function replicasReduced(step: Step): Loss[] {
  if (kindOf(step) !== "StatefulSet" || step.operation !== "update") return [];
  const [before, after] = [step.before, step.after].map((side) => Number(at(side, "spec", "replicas") ?? 1));
  return after! < before!
    ? [
        {
          what: named(step),
          change: `from ${before} replicas to ${after}`,
          loses: "what the processes that go still hold on their own volumes",
        },
      ]
    : [];
}

function namespaceGone(step: Step): Loss[] {
  const change = gone[step.operation];
  return change !== undefined && kindOf(step) === "Namespace" && !step.retained
    ? [{ what: named(step), change, loses: "everything in it, also what others put there" }]
    : [];
}

function elsewhere(step: Step): Loss[] {
  const isElsewhere = step.operation === "replace" && isProvider(step.type);
  const loses = "where it leads to another cluster or engine: objects are made anew there, without what they hold here";
  return isElsewhere ? [{ what: named(step), change: "replaced", loses }] : [];
}
