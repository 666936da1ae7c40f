import { expected, routeKey, trafficOf, type Profile } from "../../components/sampling/budget";
import { inColumns } from "../columns";
import type { Planned } from "./plan";

/**
 * What one budget keeps beside another, of the same traffic.
 *
 * @param old - @default - there was none
 */
export function comparison(old: Planned | undefined, now: Planned): string {
  const traffic = now.plan.profile;
  const [before, after] = [old === undefined ? none : sideOf(old, traffic), sideOf(now, traffic)];
  const names = [...new Set([...after.rates.keys(), ...before.rates.keys()])];
  return [
    inColumns({
      title: "Spans a second, all samplers together",
      headings: ["bucket", "may, before", "may, now", "kept, before", "kept, now"],
      rows: [
        ...names.map((name) => [
          name,
          ...[before.rates, after.rates, before.kept, after.kept].map((of) => cell(of.get(name))),
        ]),
        ["all", cell(before.budget), cell(after.budget), cell(old && sum(before.kept)), cell(sum(after.kept))],
      ],
    }),
    "",
    inColumns({
      title: "Routes, as they are now",
      headings: ["route", "traces/s", "class", "traces kept an hour by it", "error of a count from them"],
      rows: routeRows(now),
    }),
    "",
    ...(old === undefined ? [] : changedRoutes(old.plan.profile, traffic)),
    `Of ${cell(trafficOf(traffic))} spans/s ${share(sum(after.kept), trafficOf(traffic))} are kept${old === undefined ? "" : `, before ${share(sum(before.kept), trafficOf(traffic))}`}. At most ${cell(after.budget)} spans/s on average, and ${cell(now.plan.saved * now.samplers)} at once.`,
    "Count requests by span metrics, which are taken before any sampling, never by traces that were kept.",
  ].join("\n");
}

interface Side {
  readonly rates: ReadonlyMap<string, number>;
  readonly kept: ReadonlyMap<string, number>;
  readonly budget: number | undefined;
}

const none: Side = { rates: new Map(), kept: new Map(), budget: undefined };

const sideOf = ({ plan, samplers }: Planned, traffic: Profile): Side => ({
  rates: new Map(plan.buckets.map(({ name, rate }) => [name, rate * samplers])),
  kept: new Map(expected(plan, samplers, traffic).map(({ name, kept }) => [name, kept])),
  budget: plan.spansPerSecond * samplers,
});

/** Of Poisson counts n the relative error is 1 ÷ √n. */
function routeRows({ plan, samplers }: Planned): string[][] {
  return plan.classes.flatMap(({ name, routes, spansPerSecond }) => {
    const rate = (plan.buckets.find((bucket) => bucket.name === name)?.rate ?? 0) * samplers;
    return routes.map((route) => {
      const kept = route.tracesPerSecond * Math.min(1, rate / spansPerSecond) * 3_600;
      const error = kept > 0 ? `${Math.round(100 / Math.sqrt(kept))} %` : "–";
      return [routeKey(route), cell(route.tracesPerSecond), name, cell(kept), error];
    });
  });
}

function changedRoutes(before: Profile, now: Profile): string[] {
  const [old, present] = [before, now].map(({ routes }) => routes.map(routeKey)) as [string[], string[]];
  const said = (what: string, keys: readonly string[]): string[] =>
    keys.length === 0 ? [] : [`${what}: ${keys.slice(0, 10).join(", ")}${keys.length > 10 ? ", …" : ""}`];
  return [
    ...said(
      "New routes",
      present.filter((key) => !old.includes(key)),
    ),
    ...said(
      "Routes that are gone",
      old.filter((key) => !present.includes(key)),
    ),
  ];
}

const sum = (of: ReadonlyMap<string, number>): number => [...of.values()].reduce((total, value) => total + value, 0);
const cell = (value: number | undefined): string => (value === undefined ? "–" : String(Number(value.toPrecision(3))));
const share = (part: number, all: number): string =>
  all > 0 ? `${Number(((100 * part) / all).toPrecision(3))} %` : "–";
