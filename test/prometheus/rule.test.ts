import assert from "node:assert/strict";
import type { Duration } from "../../components/core/units";
import { ruleFile, ruleProblems, type AlertingRule } from "../../components/prometheus/rule";

const alert: AlertingRule = {
  alert: "OrdersFail",
  expr: "orders_failed > 0",
  for: "5m",
  severity: "critical",
  summary: "Orders fail",
  description: "Look at the shop.",
  labels: { team: "shop" },
};

describe("a file of rules", () => {
  it("holds groups of alerting and recording rules as Prometheus writes them", () => {
    assert.deepEqual(
      ruleFile([
        {
          name: "shop",
          interval: "1.5m",
          rules: [alert, { record: "shop:orders:rate5m", expr: "rate(orders_total[5m])", labels: { team: "shop" } }],
        },
        { name: "empty", rules: [] },
      ]),
      {
        groups: [
          {
            name: "shop",
            interval: "90000ms",
            rules: [
              {
                alert: "OrdersFail",
                expr: "orders_failed > 0",
                for: "5m",
                labels: { severity: "critical", team: "shop" },
                annotations: { summary: "Orders fail", description: "Look at the shop." },
              },
              { record: "shop:orders:rate5m", expr: "rate(orders_total[5m])", labels: { team: "shop" } },
            ],
          },
          { name: "empty", rules: [] },
        ],
      },
    );
  });

  it("is fine as a whole", () => {
    assert.deepEqual(ruleProblems([{ name: "shop", interval: "1m", rules: [alert] }]), []);
  });

  it("says what cannot be right", () => {
    assert.deepEqual(
      ruleProblems([
        { name: "shop", interval: "1" as Duration, rules: [{ ...alert, for: "0s", expr: "" }] },
        { name: "shop", rules: [{ record: "shop-orders", expr: `bytes > ${NaN}` }] },
      ]),
      [
        {
          path: "shop.interval",
          value: "1",
          reason: "not a duration",
          remedy: 'write it with its unit, as "5m"',
        },
        {
          path: "shop.OrdersFail.for",
          value: "0s",
          reason: "not a duration",
          remedy: 'write it with its unit, as "5m"',
        },
        { path: "shop.OrdersFail.expr", reason: "empty", remedy: "write a PromQL query" },
        {
          path: "shop",
          reason: "empty, or already the name of another group",
          remedy: "give each group of a file its own name",
        },
        {
          path: "shop.shop-orders.expr",
          value: "bytes > NaN",
          reason: "contains NaN",
          remedy: "fix the size in it",
        },
        {
          path: "shop.shop-orders.record",
          value: "shop-orders",
          reason: "not a valid metric name",
          remedy: "use letters, digits, _ and :",
        },
      ],
    );
  });
});
