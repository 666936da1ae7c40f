import { compile, entryMarks, type Plan } from "../sampling/budget";
import { countKept } from "../sampling/count-kept";
import type { Connector, Processor } from "../collector/part";
import type { Budgeting } from "./options";
import type { CollectorRole, Scale } from "./roles";

/** What a budget comes to, where there is one. */
export const affordable = ({ samplingBudget: budget, samplers }: Budgeting): Plan | undefined =>
  budget && compile(budget, budget.profile, { samplers, storedBytesPerSpan: budget.storedBytesPerSpan });

/** Marks by which a sampler spends. They come last: routes are known by the names that metrics have too. */
export function marked(options: Budgeting): Processor<"traces">[] {
  const plan = affordable(options);
  return plan === undefined ? [] : [{ ...entryMarks(plan), stage: "sample" }];
}

/** Counts failures that are kept, where it is worth asking how many are not. */
export const countedKept = ({ samplingBudget }: Pick<Budgeting, "samplingBudget">): Connector<"traces", "metrics">[] =>
  samplingBudget === undefined ? [] : [countKept()];

/** Samplers that a budget is divided among: where their number changes, as many as there may be. */
export function samplersOf({
  roles,
  sampler: { replicas },
}: Pick<Scale, "sampler"> & { readonly roles: readonly CollectorRole[] }): number {
  if (!roles.includes("sampler")) return 1;
  return typeof replicas === "number" ? replicas : replicas.max;
}
