import assert from "node:assert/strict";
import { executable } from "../../components/dashboards/executable";

describe("executable", () => {
  it("puts values in for variables, however they are written", () => {
    assert.equal(
      executable('a{x="$service",y=~"${service:regex}",z="${service}"}', { service: "pay" }),
      'a{x="pay",y=~"pay",z="pay"}',
    );
  });

  it("knows the windows that Grafana derives from the time shown", () => {
    assert.equal(
      executable("rate(a[$__rate_interval]) + increase(a[$__range]) + b[$__interval] + c[$__auto]", {}),
      "rate(a[1m]) + increase(a[5m]) + b[1m] + c[1m]",
    );
  });

  it("takes another window where one is given", () => {
    assert.equal(executable("rate(a[$__rate_interval])", { __rate_interval: "20s" }), "rate(a[20s])");
  });

  it("leaves names it does not know, and the groups of label_replace", () => {
    assert.equal(
      executable('label_replace(a, "b", "$1", "c", "$other")', {}),
      'label_replace(a, "b", "$1", "c", "$other")',
    );
  });
});
