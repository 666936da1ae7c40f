import { tailSampling, type TailSamplingOptions } from "../../collector/processors/tail-sampling";
import type { InnerPolicy, SimplePolicy, TailPolicy } from "../../collector/processors/tail-policy";
import type { Processor } from "../../collector/part";
import { attributePolicy } from "../attribute-policy";
import type { Match } from "./bucket";
import type { Plan } from "./compile";
import { marks } from "./mark-names";

/**
 * The Collector's policies for buckets. The limit stands last: `and` stops at the first that says no, so a trace that does
 * not match costs nothing.
 *
 * Source: processor/tailsamplingprocessor/internal/sampling/{and,rate_limiting}.go of the Collector's contrib repository.
 */
export const budgetPolicies = ({ buckets }: Pick<Plan, "buckets">): TailPolicy[] =>
  buckets.map(({ name, match, rate, burst }) => ({
    name,
    type: "and",
    and: {
      and_sub_policy: [
        { ...matching(match), name: "match" },
        { name: "limit", type: "rate_limiting", rate_limiting: { spans_per_second: rate, burst_capacity: burst } },
      ] satisfies InnerPolicy[],
    },
  }));

/** Keeps what a plan can afford, in this sampler. */
export function budgetSampler(
  plan: Plan,
  options: Omit<TailSamplingOptions, "policies" | "sampleOnFirstMatch" | "namesPolicies">,
): Processor<"traces"> {
  const [first = { name: "none", type: "always_sample" } as const, ...others] = budgetPolicies(plan);
  const processor = tailSampling({
    ...options,
    policies: [first, ...others],
    sampleOnFirstMatch: true,
    namesPolicies: true,
  });
  return { ...processor, problems: [...(processor.problems ?? []), ...plan.problems] };
}

function matching(match: Match): SimplePolicy {
  const name = "match";
  switch (match.kind) {
    case "errors":
      return { name, type: "status_code", status_code: { status_codes: ["ERROR"] } };
    case "longer":
      return { name, type: "latency", latency: { threshold_ms: match.milliseconds } };
    case "attribute":
      return attributePolicy(match.key, match.wanted) as SimplePolicy;
    case "slowness":
      return {
        name,
        type: "numeric_attribute",
        numeric_attribute: { key: marks.slowness, min_value: match.hundredths },
      };
    case "class":
      return { name, type: "string_attribute", string_attribute: { key: marks.class, values: match.names } };
    case "unknown":
      return {
        name,
        type: "string_attribute",
        string_attribute: { key: marks.class, values: match.known, invert_match: true },
      };
  }
}
