import type { Case } from "./bad-settings";
import { setProd } from "./bad-prod-settings";

/** The prod stack with a budget instead of its policies. */
const setBudget = (samplingBudget: Readonly<Record<string, unknown>>, others: Readonly<Record<string, unknown>> = {}) =>
  setProd({ tailSampling: {}, samplingBudget, ...others });
const example = 'write, for example, { budget: "200 spans/s", always: { errors: true }, window: "1h" }';

/** Budgets of a stack that must be refused. */
export const badBudgets: Readonly<Record<string, Case>> = {
  "a budget beside policies that know of none": [
    setProd({ tailSampling: { errors: true, percent: 10 }, samplingBudget: { budget: "200 spans/s" } }),
    'samplingBudget: beside tailSampling (errors, percent), which keeps more as traffic grows, got "200 spans/s"; leave tailSampling out, and write what must be kept in samplingBudget.always',
  ],
  "a budget without its amount": [
    setBudget({ window: "6h" }, { tailSampling: { percent: 10 } }),
    'samplingBudget.budget: missing beside window; write budget: "200 spans/s", or leave all of it out',
  ],
  "a budget in euros": [
    setBudget({ budget: "50 EUR/month" }),
    `samplingBudget.budget: must be "200 spans/s", "5 %" or "50 GiB/month", got "50 EUR/month"; ${example}`,
  ],
  "a budget of nothing": [
    setBudget({ budget: "0 spans/s" }),
    'samplingBudget.budget: not an amount of spans, got "0 spans/s"; write "200 spans/s", "5 %" or "50 GiB/month"',
  ],
  "a share of traffic that nobody has learnt": [
    setBudget({ budget: "5 %" }),
    'samplingBudget.budget: a share of an unknown total: no profile was learned, got "5 %"; write spans, as "200 spans/s", or learn it with sightline sampling learn, and name the file in profile',
  ],
  "all of a budget's mistakes": [
    setBudget({
      budget: "0 spans/s",
      profile: "missing.json",
      always: { routes: ["shop /cart"] },
      perRoute: { "shop /": 0 },
    }),
    'samplingBudget.profile: there is no such file in configs/sampling, got "missing.json"; write it with sightline sampling learn --out configs/sampling/missing.json, or leave profile out until then',
    'samplingBudget.always.routes: no profile says how many traces start with it, got "shop /cart"; learn it with sightline sampling learn, and name the file in profile',
    'samplingBudget.perRoute: no profile says how many traces start with it, got "shop /"; learn it with sightline sampling learn, and name the file in profile',
    "samplingBudget.perRoute.shop /: not a weight, got 0; write a number above zero; the default weight is 1",
    'samplingBudget.budget: not an amount of spans, got "0 spans/s"; write "200 spans/s", "5 %" or "50 GiB/month"',
  ],
  "head sampling strategies as a profile": [
    setBudget({ budget: "200 spans/s", profile: "prod.json" }),
    'samplingBudget.profile: no profile of traffic, got "prod.json"; write it with sightline sampling learn --out configs/sampling/prod.json',
  ],
  "a budget that two samplers cannot share": [
    setBudget({ budget: "20 spans/s" }),
    'samplingBudget.budget: 9 spans/s per sampler: too few for 5 kinds of traces, got "20 spans/s"; write "52 spans/s" or more, use fewer samplers, or keep a fixed share of all traces with tailSampling.percent',
  ],
  "a window in which one trace is more than a bucket": [
    setBudget({ budget: "200 spans/s", window: "1m" }),
    'samplingBudget.window: a trace of 200 spans never fits: 12 buckets hold 600 together, got "1m"; write window: "1h", or a budget of "800 spans/s"',
  ],
};
