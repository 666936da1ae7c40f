import assert from "node:assert/strict";
import { sentence } from "../../../components/core/problems";
import {
  budgetPolicies,
  compile,
  entryMarks,
  expected,
  profileText,
  routeKey,
  type Budget,
  type Place,
  type Plan,
  type Profile,
} from "../../../components/sampling/budget";
import { randomCases, shop } from "./profiles";

const one: Place = { samplers: 1 };
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const kept = (plan: Plan, samplers: number): number => sum(expected(plan, samplers).map((bucket) => bucket.kept));
const refusal = (budget: Budget, profile: Profile = shop, place: Place = one): string[] =>
  compile(budget, profile, place).problems.map(sentence);

describe("a budget", () => {
  const plan = compile({ budget: "200 spans/s" }, shop, one);

  it("is divided among a canary, errors, what is slow, routes and what is unknown", () => {
    assert.deepEqual(
      plan.buckets.map(({ name, rate }) => `${name} ${rate}`),
      [
        "canary 1",
        "errors 29",
        ..."slow-8 3,slow-7 4,slow-6 6,slow-5 7,slow-4 9,slow-3 11,slow-2 14,slow-1 18,slow-0 22".split(","),
        "class-0 19",
        "class-1 19",
        "class-2 19",
        "unknown 9",
      ],
    );
    assert.equal(plan.saved, 0.1 * 200 * 3600);
  });

  it("is a share of what was learnt, and of what the storage has room for in a month", () => {
    assert.equal(compile({ budget: "10 %" }, shop, one).spansPerSecond, 243);
    const inMonth = compile({ budget: "500 GiB/month" }, shop, { samplers: 2, storedBytesPerSpan: 500 });
    assert.equal(Math.round(inMonth.spansPerSecond), Math.round((500 * 2 ** 30) / (30 * 86_400) / 500 / 2));
  });

  it("is spent by policies that take a token after a match alone", () => {
    assert.deepEqual(budgetPolicies(plan)[3], {
      name: "slow-7",
      type: "and",
      and: {
        and_sub_policy: [
          {
            name: "match",
            type: "numeric_attribute",
            numeric_attribute: { key: "sightline.slowness", min_value: 1709 },
          },
          {
            name: "limit",
            type: "rate_limiting",
            rate_limiting: { spans_per_second: 4, burst_capacity: plan.buckets[3]!.burst },
          },
        ],
      },
    });
  });

  it("needs no profile: all routes share a bucket then, and one duration is usual for all", () => {
    const cold = compile({ budget: "200 spans/s" }, undefined, one);
    assert.deepEqual(
      cold.buckets.map(({ name, rate }) => `${name} ${rate}`),
      [
        "canary 1",
        "errors 29",
        ..."slow-8 3,slow-7 4,slow-6 6,slow-5 7,slow-4 9,slow-3 11,slow-2 14,slow-1 18,slow-0 22".split(","),
        "unknown 69",
      ],
    );
    assert.deepEqual(cold.problems, []);
    const inMilliseconds = "(span.end_time_unix_nano - span.start_time_unix_nano) / 1000000";
    assert.ok(JSON.stringify(entryMarks(cold).config).includes(`${inMilliseconds})"`));
  });

  it("that cannot be kept is refused, with figures and what to write instead", () => {
    const cases: [Budget, Profile?, Place?][] = [
      [{ budget: "200 spans" as "200 spans/s" }],
      [{ budget: "5 %" }, { ...shop, routes: shop.routes.map((route) => ({ ...route, tracesPerSecond: 0 })) }],
      [{ budget: "50 GiB/month" }],
      [{ budget: "200 spans/s", always: { services: ["shop"] } }],
      [{ budget: "200 spans/s", always: { routes: ["shop /old"] } }],
      [{ budget: "20 spans/s" }],
      [{ budget: "200 spans/s", window: "1m" }],
      [{ budget: "200 spans/s", perService: { pay: 0 } }],
    ];
    assert.deepEqual(
      cases.flatMap((each) => refusal(...each)),
      [
        'budget: not an amount of spans, got "200 spans"; write "200 spans/s", "5 %" or "50 GiB/month"',
        'budget: a share of zero: the profile has no spans, got "5 %"; write spans, as "200 spans/s"',
        'budget: the size of a span in this storage is unknown, got "50 GiB/month"; write spans, as "200 spans/s"',
        'budget: traces that are always kept need 3601 spans/s in the learned profile, but half of the budget is 100, got "200 spans/s"; write "7202 spans/s", or fewer of always routes',
        'always.routes: starts no trace in the profile, which ends 2026-01-12T00:00:00Z, got "shop /old"; write one of shop /, shop /cart, pay /pay, or learn the profile again',
        'budget: 19 spans/s per sampler: too few for 6 kinds of traces, got "20 spans/s"; write "31 spans/s" or more, use fewer samplers, or keep a fixed share of all traces with tailSampling.percent',
        'window: a trace of 100 spans never fits: 15 buckets hold 1200 together, got "1m"; write window: "1h", or a budget of "250 spans/s"',
        "perService.pay: not a weight, got 0; write a number above zero; the default weight is 1",
      ],
    );
  });

  describe("of any size, for any traffic", () => {
    const cases = randomCases(60).map((each) => ({
      ...each,
      plan: compile(each.budget, each.profile, each.place),
    }));
    const plans = cases.filter((each) => each.plan.problems.length === 0);

    it("is kept or refused, and both happen", () => {
      assert.ok(plans.length > 20 && plans.length < 60, String(plans.length));
    });

    it("is what its buckets fill by and hold at most, so that no interval costs more", () => {
      for (const { plan: each, profile } of plans) {
        assert.ok(sum(each.buckets.map(({ rate }) => rate)) <= each.spansPerSecond);
        assert.ok(sum(each.buckets.map(({ burst }) => burst)) <= each.saved);
        assert.ok(each.buckets.every(({ rate, burst }) => rate >= 1 && burst >= profile.largestTrace));
        assert.equal(new Set(each.buckets.map(({ name }) => name)).size, each.buckets.length);
      }
    });

    it("is more than what is expected to be kept", () => {
      for (const { plan: each, place } of plans) {
        assert.ok(kept(each, place.samplers) <= each.spansPerSecond * place.samplers);
      }
    });

    it("has each route in one class, of ten at most", () => {
      for (const { plan: each, profile } of plans) {
        assert.ok(each.classes.length <= 10);
        const keys = each.classes.flatMap(({ routes }) => routes.map(routeKey));
        assert.deepEqual(keys.sort(), profile.routes.map(routeKey).sort());
      }
    });

    it("keeps no less when it is more, as long as it has as many buckets", () => {
      let compared = 0;
      for (const { plan: each, budget, profile, place } of plans) {
        for (const factor of [1.01, 1.5, 4]) {
          const amount = each.spansPerSecond * place.samplers * factor;
          const more = compile({ ...budget, budget: `${amount} spans/s` }, profile, place);
          if (more.buckets.length !== each.buckets.length) continue;
          compared += 1;
          // Each rate is rounded down to a whole number by itself.
          const rounding = each.buckets.length * place.samplers;
          assert.ok(kept(more, place.samplers) >= kept(each, place.samplers) - rounding);
        }
      }
      assert.ok(compared > 20, String(compared));
    });
  });
});

describe("a profile", () => {
  it("is one line a route in a fixed order, so that a change is a small difference", () => {
    assert.equal(
      profileText({ ...shop, routes: [...shop.routes].reverse() }),
      `{
  "from": "2026-01-05T00:00:00Z",
  "to": "2026-01-12T00:00:00Z",
  "largestTrace": 100,
  "routes": [
    {"service":"pay","route":"/pay","tracesPerSecond":0.5,"spansPerTrace":60,"medianMs":300,"p99Ms":2000,"errorShare":0},
    {"service":"shop","route":"/","tracesPerSecond":100,"spansPerTrace":20,"medianMs":50,"p99Ms":400,"errorShare":0.01},
    {"service":"shop","route":"/cart","tracesPerSecond":10,"spansPerTrace":40,"medianMs":80,"p99Ms":900,"errorShare":0.001}
  ]
}
`,
    );
  });
});
