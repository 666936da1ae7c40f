import assert from "node:assert/strict";
import { tailSampling } from "../../components/collector/parts";
import { configIn, type Part } from "../../components/collector/part";
import { sentence } from "../../components/core/problems";
import { everyPolicy } from "../support/tail-policies";

const configOf = (part: Part) => configIn("0.158.0", part);
const problemsOf = (part: Part) => (part.problems ?? []).map(sentence);

describe("tail sampling", () => {
  it("remembers ten times as many decisions as traces wait", () => {
    const { policies, ...config } = configOf(tailSampling({ policies: everyPolicy, numTraces: 1_000 }));
    assert.deepEqual(config, {
      decision_wait: "30s",
      num_traces: 1_000,
      decision_cache: { sampled_cache_size: 10_000, non_sampled_cache_size: 10_000 },
    });
    assert.equal(Array.isArray(policies) && policies.length, everyPolicy.length);
  });

  it("keeps policies as they are, but for dollars", () => {
    const condition = 'IsMatch(span.name, "a$")';
    const part = tailSampling({
      policies: [{ name: "a", type: "ottl_condition", ottl_condition: { span: [condition] } }],
      whenFull: "wait",
      decisionWait: "10s",
      decisionWaitAfterRoot: "2s",
      maxTraceSize: "1 MiB",
      sampleOnFirstMatch: true,
    });
    assert.deepEqual(configOf(part), {
      decision_wait: "10s",
      decision_wait_after_root_received: "2s",
      num_traces: 50_000,
      block_on_overflow: true,
      decision_cache: { sampled_cache_size: 500_000, non_sampled_cache_size: 500_000 },
      sample_on_first_match: true,
      maximum_trace_size_bytes: 1_048_576,
      policies: [{ name: "a", type: "ottl_condition", ottl_condition: { span: ['IsMatch(span.name, "a$$")'] } }],
    });
  });

  it("refuses what the Collector would take and do nothing with", () => {
    const all = { type: "always_sample" } as const;
    const composite = {
      max_total_spans_per_second: 10,
      policy_order: ["fast"],
      composite_sub_policy: [
        { name: "rest", ...all },
        { name: "none", ...all },
      ],
      rate_allocation: [
        { policy: "rest", percent: 60 },
        { policy: "fast", percent: 50 },
      ],
    };
    assert.deepEqual(
      problemsOf(
        tailSampling({
          policies: [
            { name: "a", ...all },
            { name: "a", ...all },
            { name: "budget", type: "composite", composite },
          ],
          decisionWait: "5s",
          decisionWaitAfterRoot: "5s",
          numTraces: 0,
        }),
      ),
      [
        'decisionWaitAfterRoot: not shorter than decisionWait (5s), so it changes nothing, got "5s"; shorten it, or remove it',
        "numTraces: not a whole number above zero, got 0; write 1 or more",
        "decisionCache.sampled: not a whole number above zero, got 0; write 1 or more",
        "decisionCache.notSampled: not a whole number above zero, got 0; write 1 or more",
        'policies: two policies share this name, got "a"; give one of them another name',
        'policies.budget: no sub-policy has this name, got "fast"; write one of rest, none',
        'policies.budget.rate_allocation: has no share, so it never keeps a trace, got "none"; give it a share; 0 means an equal share',
        "policies.budget.rate_allocation: more than 100 percent in all, got 110; lower the shares",
      ],
    );
  });
});
