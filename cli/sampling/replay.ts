import { replay, routeKey, type Judged } from "../../components/sampling/budget";
import { inColumns } from "../columns";
import type { Planned } from "./plan";

/** What a budget would have kept of recorded traces, by bucket and by route. */
export function replayed(traces: readonly Judged[], { plan, samplers }: Planned): string {
  const decisions = replay(plan, traces, samplers);
  const kept = decisions.filter(({ bucket }) => bucket !== undefined);
  const spansOf = (of: typeof decisions): number => of.reduce((sum, { trace }) => sum + trace.spans, 0);
  const failed = decisions.filter(({ trace }) => trace.failed);
  const ends = traces.map(({ end }) => end);
  const seconds =
    ends.reduce((most, end) => Math.max(most, end), 0) - ends.reduce((least, end) => Math.min(least, end), Infinity);
  const row = (name: string, of: typeof decisions): string[] => {
    const left = of.filter(({ bucket }) => bucket !== undefined);
    return [name, String(of.length), String(left.length), String(spansOf(of)), String(spansOf(left))];
  };
  const routes = [...new Set(decisions.map(({ trace }) => routeOf(trace)))].sort();
  return [
    inColumns({
      title: "Kept by",
      headings: ["bucket", "traces", "spans"],
      rows: plan.buckets.map(({ name }) => {
        const by = decisions.filter(({ bucket }) => bucket === name);
        return [name, String(by.length), String(spansOf(by))];
      }),
    }),
    "",
    inColumns({
      title: "Of routes",
      headings: ["route", "traces", "kept", "spans", "kept"],
      rows: [
        ...routes.map((route) =>
          row(
            route,
            decisions.filter(({ trace }) => routeOf(trace) === route),
          ),
        ),
        row("all", decisions),
      ],
    }),
    "",
    `${kept.length} of ${traces.length} traces, ${spansOf(kept)} of ${spansOf(decisions)} spans in ${Math.round(seconds)} s; of ${failed.length} that failed ${failed.filter(({ bucket }) => bucket !== undefined).length}.`,
    "Buckets are full at first: a recording that is shorter than the window keeps more than the budget.",
  ].join("\n");
}

const routeOf = ({ entry }: Judged): string => (entry === undefined ? "without a first span" : routeKey(entry));
