import assert from "node:assert/strict";
import { tailPolicies, tailSampler, waiting } from "../../components/sampling/tail";
import type { WantedValue } from "../../components/sampling/attribute-policy";
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
    assert.deepEqual(named({ errors: true, attributes: { errors: ["yes"] } }), [
      "errors status_code",
      "attribute errors string_attribute",
    ]);
  });

  it("says them in the Collector's words", () => {
    assert.deepEqual(tailPolicies({ errors: true, slowerThan: "1.5s", attributes: { tenant: ["gold"] }, percent: 5 }), [
      { name: "errors", type: "status_code", status_code: { status_codes: ["ERROR"] } },
      { name: "slow", type: "latency", latency: { threshold_ms: 1500 } },
      { name: "tenant", type: "string_attribute", string_attribute: { key: "tenant", values: ["gold"] } },
      { name: "share", type: "probabilistic", probabilistic: { sampling_percentage: 5 } },
    ]);
  });

  it("asks for numbers, booleans and ranges by their type, on spans and resources", () => {
    const conditionsOf = (...wanted: readonly WantedValue[]) => {
      const [policy] = tailPolicies({ attributes: { k: wanted } });
      return policy?.type === "ottl_condition" ? policy.ottl_condition : policy?.type;
    };
    assert.deepEqual(conditionsOf(500, false, "gold"), {
      error_mode: "ignore",
      span: [
        'span.attributes["k"] == 500',
        'span.attributes["k"] == false',
        'span.attributes["k"] == "gold"',
        'resource.attributes["k"] == 500',
        'resource.attributes["k"] == false',
        'resource.attributes["k"] == "gold"',
      ],
    });
    assert.deepEqual(conditionsOf({ min: 500, max: 599 }), {
      error_mode: "ignore",
      span: [
        'span.attributes["k"] >= 500 and span.attributes["k"] <= 599',
        'resource.attributes["k"] >= 500 and resource.attributes["k"] <= 599',
      ],
    });
    // Once as a text, and once as what it reads as.
    for (const text of ["500", "-0.25", "true"]) {
      assert.deepEqual(conditionsOf(text), {
        error_mode: "ignore",
        span: ["span", "resource"].flatMap((place) =>
          [`"${text}"`, text].map((value) => `${place}.attributes["k"] == ${value}`),
        ),
      });
    }
    for (const text of ["0500", "1e3", "5xx", "TRUE"]) assert.equal(conditionsOf(text), "string_attribute");
  });

  it("refuses values that match nothing, or not what was meant", () => {
    const wanted = [500, "", NaN, 2 ** 53, 1e-7, {}, { min: 2, max: 1 }, { min: 0.5, max: Infinity }, { max: -1 }];
    const exact =
      'not a number that can be compared exactly, got {}; write one with at most 15 digits, or just the value as a string, as "9007199254740993"';
    assert.deepEqual(tailSampler({ keep: { attributes: { k: wanted } } }).problems?.map(sentence), [
      'keep.attributes.k.1: an empty string matches nothing, got ""; remove it',
      `keep.attributes.k.2: ${exact.replace("{}", "null")}`,
      `keep.attributes.k.3: ${exact.replace("{}", "9007199254740992")}`,
      `keep.attributes.k.4: ${exact.replace("{}", "1e-7")}`,
      "keep.attributes.k.5: has neither min nor max, got {}; write { min: 500 }, { max: 599 } or both",
      'keep.attributes.k.6: the range is empty, got {"min":2,"max":1}; write the smaller number as min',
      `keep.attributes.k.7: ${exact.replace("{}", '{"min":0.5,"max":null}')}`,
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
    assert.deepEqual(problems({}), ["keep.policies: empty; write what to keep, or remove tail sampling"]);
    assert.deepEqual(
      problems({ percent: 101, slowerThan: "2" as "2s", spansPerSecond: 0.5, attributes: { tenant: [] } }),
      [
        'keep.slowerThan: not a duration, got "2"; write it with its unit, as "30s"',
        "keep.attributes.tenant: empty; write the values to keep",
        "keep.spansPerSecond: not a whole number above zero, got 0.5; write 1 or more",
        "keep.percent: not a percentage, got 101; write a number from 0 to 100",
      ],
    );
  });
});
