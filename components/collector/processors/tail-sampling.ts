import type { Problem } from "../../core/problems";
import { goDuration, inBytes, inMilliseconds, type Duration, type Size } from "../../core/units";
import * as check from "../checks";
import { literals } from "../literal";
import type { Processor } from "../part";
import type { CompositePolicy, TailPolicy } from "./tail-policy";

export interface TailSamplingOptions {
  /** Policies; a trace that none of them wants is dropped. */
  readonly policies: readonly [TailPolicy, ...TailPolicy[]];
  /** Time from a trace's first span to its decision: the longest usual trace, and the delay of its senders. @default "30s" */
  readonly decisionWait?: Duration;
  /** Decides this long after the root span came, if that is earlier. @default - it is not waited for */
  readonly decisionWaitAfterRoot?: Duration;
  /** Traces waiting for a decision; a good number is new traces per second × the wait × 2. @default 50_000 */
  readonly numTraces?: number;
  /**
   * What happens when more are waiting: `evict` decides the oldest early, `wait` lets senders wait.
   *
   * @default "evict"
   */
  readonly whenFull?: "evict" | "wait";
  /** Decisions remembered, so that late spans follow them and memory is free at once. @default - ten times `numTraces`, each */
  readonly decisionCache?: { readonly sampled: number; readonly notSampled: number };
  /** Stops at the first policy that wants the trace; their order then counts. @default false */
  readonly sampleOnFirstMatch?: boolean;
  /**
   * Writes the name of the policy that kept a trace on its scopes, as `tailsampling.policy`, and counts spans by policy.
   * Both stand behind feature gates of the Collector.
   *
   * @default false
   */
  readonly namesPolicies?: boolean;
  /** Larger traces are dropped, and counted. @default - no limit */
  readonly maxTraceSize?: Size;
}

/**
 * Decides about whole traces. All spans of a trace must reach one process: put a load balancing exporter in front of
 * several. It has answered its sender long before it decides, so the queue behind it has to wait rather than refuse.
 *
 * Source: processor/tailsamplingprocessor/README.md of the Collector's contrib repository, which asks for decision
 * caches an order of magnitude larger than `num_traces`.
 */
export const tailSampling = ({
  policies,
  decisionWait = "30s",
  decisionWaitAfterRoot,
  numTraces = 50_000,
  whenFull = "evict",
  decisionCache = { sampled: numTraces * 10, notSampled: numTraces * 10 },
  sampleOnFirstMatch = false,
  maxTraceSize,
  namesPolicies = false,
}: TailSamplingOptions): Processor<"traces"> => ({
  role: "processor",
  type: "tail_sampling",
  stage: "sample",
  answersEarly: true,
  carries: { traces: true },
  ...(namesPolicies && { featureGates: namingGates }),
  config: {
    decision_wait: goDuration(decisionWait),
    ...(decisionWaitAfterRoot && { decision_wait_after_root_received: goDuration(decisionWaitAfterRoot) }),
    num_traces: numTraces,
    ...(whenFull === "wait" && { block_on_overflow: true }),
    decision_cache: { sampled_cache_size: decisionCache.sampled, non_sampled_cache_size: decisionCache.notSampled },
    ...(sampleOnFirstMatch && { sample_on_first_match: true }),
    ...(maxTraceSize && { maximum_trace_size_bytes: inBytes(maxTraceSize) }),
    policies: policies.map((policy) => literals({ ...policy })),
  },
  problems: [
    ...check.some("policies", policies, "write at least one, or remove tail sampling"),
    ...check.duration("decisionWait", decisionWait),
    ...check.duration("decisionWaitAfterRoot", decisionWaitAfterRoot),
    ...check.unless(!(inMilliseconds(decisionWaitAfterRoot ?? "0s") >= inMilliseconds(decisionWait)), {
      path: "decisionWaitAfterRoot",
      value: decisionWaitAfterRoot,
      reason: `not shorter than decisionWait (${decisionWait}), so it changes nothing`,
      remedy: "shorten it, or remove it",
    }),
    ...check.count("numTraces", numTraces),
    ...check.count("decisionCache.sampled", decisionCache.sampled),
    ...check.count("decisionCache.notSampled", decisionCache.notSampled),
    ...check.size("maxTraceSize", maxTraceSize),
    ...twice(policies.map(({ name }) => name)),
    ...policies.flatMap((policy) => (policy.type === "composite" ? shares(policy.name, policy.composite) : [])),
  ],
});

/** Source: processor/tailsamplingprocessor/metadata.yaml. */
const namingGates = [
  "processor.tailsamplingprocessor.metricstatcountspanssampled",
  "processor.tailsamplingprocessor.recordpolicy",
];

const twice = (names: readonly string[]): Problem[] =>
  [...new Set(names.filter((name, i) => names.indexOf(name) !== i))].map((name) => ({
    path: "policies",
    value: name,
    reason: "two policies share this name",
    remedy: "give one of them another name",
  }));

/** Names in a composite that belong to none of its policies are found by the Collector when it starts, not before. */
function shares(
  name: string,
  { composite_sub_policy, policy_order, rate_allocation = [] }: CompositePolicy,
): Problem[] {
  const known = composite_sub_policy.map((policy) => policy.name);
  const named = [...policy_order, ...rate_allocation.map(({ policy }) => policy)];
  const total = rate_allocation.reduce((sum, { percent }) => sum + percent, 0);
  return [
    ...[...new Set(named)]
      .filter((policy) => !known.includes(policy))
      .map((policy) => ({
        path: `policies.${name}`,
        value: policy,
        reason: "no sub-policy has this name",
        remedy: `write one of ${known.join(", ")}`,
      })),
    ...known
      .filter((policy) => !rate_allocation.some((share) => share.policy === policy))
      .map((policy) => ({
        path: `policies.${name}.rate_allocation`,
        value: policy,
        reason: "has no share, so it never keeps a trace",
        remedy: "give it a share; 0 means an equal share",
      })),
    ...check.unless(total <= 100, {
      path: `policies.${name}.rate_allocation`,
      value: total,
      reason: "more than 100 percent in all",
      remedy: "lower the shares",
    }),
  ];
}
