import assert from "node:assert/strict";
import { count, serviceGraph, spanMetrics } from "../../components/collector/parts";
import { configIn, type Part } from "../../components/collector/part";
import { sentence } from "../../components/core/problems";

const configOf = (part: Part) => configIn("0.158.0", part);
const problemsOf = (part: Part) => (part.problems ?? []).map(sentence);

describe("connectors", () => {
  it("keep the Collector's own id as a label unless it is alone", () => {
    assert.deepEqual(configOf(spanMetrics())["exclude_dimensions"], undefined);
    assert.deepEqual(
      configOf(spanMetrics({ collectorInstanceId: false, excludeDimensions: ["span.kind"] }))["exclude_dimensions"],
      ["span.kind", "collector.instance.id"],
    );
  });

  it("refuse buckets that do not rise, and labels that are there anyway", () => {
    assert.deepEqual(problemsOf(spanMetrics({ buckets: ["1s", "10ms"], dimensions: ["span.kind"] })), [
      'buckets: not durations in rising order, got ["1s","10ms"]; write them as "5ms", "10ms", "1s"',
      'dimensions: this label is always present, got "span.kind"; remove it',
    ]);
    assert.deepEqual(problemsOf(serviceGraph({ buckets: ["10ms", "10ms"] })).length, 1);
  });

  it("wait for the other end of a call longer than SDKs take to send it", () => {
    assert.deepEqual(configOf(serviceGraph())["store"], { ttl: "10s", max_items: 10_000 });
  });

  it("count under names of one's own", () => {
    assert.deepEqual(configOf(count()), {});
    assert.deepEqual(
      configOf(count({ dataPoints: { "points.big": { conditions: ['name == "a$"'], attributes: [{ key: "k" }] } } })),
      { datapoints: { "points.big": { conditions: ['name == "a$$"'], attributes: [{ key: "k" }] } } },
    );
  });
});
