import { refuse, within } from "../../components/core/problems";
import { isAmount, type Plan, type SamplingBudget } from "../../components/sampling/budget";
import { affordable, samplersOf } from "../../components/tracing";
import { readProfile } from "../../configs/sampling-budget";
import { effectiveSettings } from "../effective-settings";

/** A budget as it is compiled, and the samplers that share it. */
export interface Planned {
  readonly plan: Plan;
  readonly budget: SamplingBudget;
  readonly samplers: number;
}

/** What a flag says instead of a setting. */
export interface Instead {
  readonly budget?: string;
  /** A file, wherever it is. */
  readonly profile?: string;
}

/**
 * The budget of a stack, or another one in its place.
 *
 * @throws Refusal where the stack has none, or it cannot be kept
 */
export function plannedOf(stack: string, instead: Instead = {}): Planned {
  const { settings } = effectiveSettings(stack);
  const { budget: amount, profile: file } = instead;
  const held = settings.samplingBudget;
  if (held === undefined && amount === undefined) {
    const remedy = 'write samplingBudget: { budget: "200 spans/s" }, or give --budget';
    refuse(`stack "${stack}"`, [{ path: "samplingBudget", reason: "it has none", remedy }]);
  }
  if (amount !== undefined && !isAmount(amount)) {
    const remedy = 'write "200 spans/s", "5 %" or "50 GiB/month"';
    refuse("arguments", [{ path: "--budget", value: amount, reason: "not an amount of spans", remedy }]);
  }
  const { profile, problems = [] } = file === undefined ? {} : readProfile(file);
  refuse("arguments", problems);
  const budget = {
    ...held,
    ...(amount !== undefined && { budget: amount }),
    ...(profile && { profile }),
  } as SamplingBudget;
  const samplers = samplersOf(settings);
  const plan = affordable({ samplingBudget: budget, samplers })!;
  refuse(`budget of stack "${stack}"`, within("samplingBudget", plan.problems));
  return { plan, budget, samplers };
}

/** Whether a stack has a budget of its own. */
export const hasBudget = (stack: string): boolean => effectiveSettings(stack).settings.samplingBudget !== undefined;
