import assert from "node:assert/strict";
import { tailPolicies, tailSampler, waiting } from "../../components/sampling/tail";
import { configIn } from "../../components/collector/part";
import { sentence } from "../../components/core/problems";

const named = (keep: Parameters<typeof tailPolicies>[0]) =>
  tailPolicies(keep).map(({ name, type }) => `${name} ${type}`);

describe("a tail sampler", () => {
  it("has one policy for each kind of trace to keep, in an order that never changes", () => {
    assert.deepEqual(
      named({ percent: 5, spansPerSecond: 100, attributes: { tenant: ["gold"] }, slowerThan: "2s", errors: true }),
      ["errors status_code", "slow latency", "tenant string_attribute", "budget rate_limiting", "share probabilistic"],
    );
    assert.deepEqual(named({ errors: false }), []);
  });

  it("says them in the Collector's words", () => {
    assert.deepEqual(tailPolicies({ errors: true, slowerThan: "1.5s", attributes: { tenant: ["gold"] }, percent: 5 }), [
      { name: "errors", type: "status_code", status_code: { status_codes: ["ERROR"] } },
      { name: "slow", type: "latency", latency: { threshold_ms: 1500 } },
      { name: "tenant", type: "string_attribute", string_attribute: { key: "tenant", values: ["gold"] } },
      { name: "share", type: "probabilistic", probabilistic: { sampling_percentage: 5 } },
    ]);
  });

  it("has room for twice the traces that wait, and lets senders wait when it is full", () => {
    const config = configIn(
      "0.158.0",
      tailSampler({ keep: { errors: true }, tracesPerSecond: 200, decisionWait: "10s" }),
    );
    assert.equal(waiting(200, "10s"), 4000);
    assert.deepEqual([config["num_traces"], config["block_on_overflow"], config["decision_wait"]], [4000, true, "10s"]);
  });

  it("refuses to keep nothing, and what is no share, time or list", () => {
    const problems = (keep: Parameters<typeof tailPolicies>[0]) => tailSampler({ keep }).problems?.map(sentence);
    assert.deepEqual(problems({}), ["keep.policies: empty; write what to keep, or leave tail sampling out"]);
    assert.deepEqual(
      problems({ percent: 101, slowerThan: "2" as "2s", spansPerSecond: 0.5, attributes: { tenant: [] } }),
      [
        'keep.slowerThan: not a length of time, got "2"; write it with its unit, as "30s"',
        "keep.attributes.tenant: empty; write the values to keep",
        "keep.spansPerSecond: not a whole number above zero, got 0.5; write one",
        "keep.percent: not a percentage, got 101; write a number from 0 to 100",
      ],
    );
  });
});
