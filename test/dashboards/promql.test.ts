import assert from "node:assert/strict";
import { among, growth, mean, most, quantile, rate, share, total } from "../../components/dashboards/promql";

describe("promql", () => {
  it("adds rates up over everything, or by labels", () => {
    assert.equal(rate("a_total"), "sum(rate(a_total[$__rate_interval]))");
    assert.equal(
      rate("a_total", { by: ["job", "kind"], where: ['x="1"', 'y!="2"'], over: "$__range" }),
      'sum by (job, kind) (rate(a_total{x="1",y!="2"}[$__range]))',
    );
  });

  it("puts own matchers before those of a slice", () => {
    assert.deepEqual(among({ by: ["job"], where: ["b"] }, "a"), { by: ["job"], where: ["a", "b"] });
  });

  it("counts all of a counter that was not there when the time shown began", () => {
    assert.equal(
      growth("a_total", { by: ["job"], where: ['x="1"'] }),
      'sum by (job) ((a_total{x="1"} unless a_total{x="1"} offset $__range) or increase(a_total{x="1"}[$__range]))',
    );
  });

  it("says zero for a counter that does not exist", () => {
    assert.equal(
      total("a_total"),
      "(sum((a_total unless a_total offset $__range) or increase(a_total[$__range])) or vector(0))",
    );
  });

  it("keeps the bounds of buckets for a quantile", () => {
    assert.equal(
      quantile(0.95, "a_bucket", { by: ["job"], over: "5m" }),
      "histogram_quantile(0.95, sum by (le, job) (rate(a_bucket[5m]))) >= 0",
    );
  });

  it("keeps the 20 series that grew most over all the time shown", () => {
    assert.equal(
      most("x", "a_total", { by: ["job"], where: ['y="1"'] }),
      'x and on (job) topk(20, sum by (job) (rate(a_total{y="1"}[$__range] @ end())))',
    );
  });

  it("divides a histogram's sum by its count where there is one", () => {
    assert.equal(mean("a", { over: "5m" }), "sum(rate(a_sum[5m])) / (sum(rate(a_count[5m])) > 0)");
  });

  it("says zero for a share of which there is no part, and nothing where there is no whole", () => {
    assert.equal(share("part", "whole"), "(part or 0 * whole) / (whole > 0)");
  });
});
