import { isAlways } from "./always";
import type { Bucket, Match } from "./bucket";
import type { Plan } from "./compile";
import { shareLonger } from "./durations";
import { marks } from "./mark-names";
import { routeKey, spansPerSecondOf, type Profile, type RouteProfile } from "./profile";
import { errorSlowness } from "./rungs";

/** What a bucket is offered, and what it keeps of it, in spans a second of all samplers. */
export interface Expected {
  readonly name: string;
  readonly offered: number;
  readonly kept: number;
}

/** Traces of one kind, which all buckets treat alike. */
interface Flow {
  readonly route: RouteProfile;
  readonly className: string;
  readonly failed: boolean;
  /** Slowness that they have at least, in hundredths. */
  readonly hundredths: number;
  left: number;
}

/**
 * What a plan keeps of traffic like this, on average: durations log-normal, errors as seldom in slow traces as in others,
 * nothing saved up. Bursts come out better, since what was not used is used then.
 *
 * @param traffic - of one hour of the week, say. @default - the profile that the plan was compiled for
 */
export function expected(plan: Plan, samplers: number, traffic: Profile = plan.profile): Expected[] {
  const flows = flowsOf(plan, traffic);
  return plan.buckets.map((bucket) => {
    const matching = flows.filter((flow) => flow.left > 0 && matches(bucket, flow, plan));
    const shares = matching.map((flow) => flow.left * shareMatching(bucket.match, flow));
    const offered = shares.reduce((sum, share) => sum + share, 0);
    const kept = Math.min(offered, bucket.rate * samplers);
    matching.forEach((flow, i) => (flow.left -= offered > 0 ? (shares[i]! * kept) / offered : 0));
    return { name: bucket.name, offered, kept };
  });
}

/** Between two steps of the ladder, traces are alike. */
function flowsOf({ buckets, classes, always }: Plan, traffic: Profile): Flow[] {
  const steps = buckets.flatMap(({ match }) => (match.kind === "slowness" ? [match.hundredths] : []));
  const learnt = new Map(
    classes.flatMap(({ name, routes }) =>
      routes.map((one) => [routeKey(one), { name, medianMs: one.medianMs }] as const),
    ),
  );
  return traffic.routes.flatMap((route) => {
    const spans = spansPerSecondOf(route);
    const { name: className = "", medianMs } = learnt.get(routeKey(route)) ?? {};
    const above = (hundredths: number): number =>
      medianMs === undefined ? 0 : shareLonger(route, (medianMs * hundredths) / 100);
    return [...steps, 0].flatMap((hundredths, i) => {
      const share = (hundredths === 0 ? 1 : above(hundredths)) - (i === 0 ? 0 : above(steps[i - 1]!));
      return [true, false].map((failed) => ({
        route,
        className,
        failed,
        hundredths: failed && always.errors !== false ? Math.max(hundredths, errorSlowness) : hundredths,
        left: spans * share * (failed ? route.errorShare : 1 - route.errorShare),
      }));
    });
  });
}

function matches({ match }: Bucket, flow: Flow, { always }: Plan): boolean {
  switch (match.kind) {
    case "errors":
      return flow.failed;
    case "slowness":
      return flow.hundredths >= match.hundredths;
    case "class":
      return match.names.includes(flow.className);
    case "unknown":
      return !match.known.includes(flow.className);
    case "longer":
      return true;
    case "attribute":
      // Nobody learns how many traces have an attribute: a bucket of one is taken for unused.
      return match.key === marks.always && isAlways(always, flow.route);
  }
}

const shareMatching = (match: Match, { route }: Flow): number =>
  match.kind === "longer" ? shareLonger(route, match.milliseconds) : 1;
