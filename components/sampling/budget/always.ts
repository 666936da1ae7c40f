import { inMilliseconds } from "../../core/units";
import type { Bucket, Match } from "./bucket";
import type { Always } from "./budget";
import { shareLonger } from "./durations";
import { canaryServices } from "../canary";
import { marks } from "./mark-names";
import { routeKey, spansPerSecondOf, type Profile } from "./profile";

/** What named routes and services may have more than was learnt, before others have anything. */
const headroom = 1.5;
/** Part of the budget that traces with one attribute may have, since nobody knows how many there will be. */
const attributeShare = 0.02;
/** Spans a second of canaries; the bucket saves for the next one, which has three. */
const canaryRate = 1;
type Must = Omit<Bucket, "burst">;

/** What is always kept, each in a bucket of its own, before anything else. */
export function mustsOf(always: Always, profile: Profile, samplers: number, perSampler: number): Must[] {
  const { slow, attributes = {} } = always;
  const must = (name: string, match: Match, learnt: number): Must => ({
    name: `always ${name}`,
    match,
    rate: Math.max(1, Math.ceil((learnt * headroom) / samplers)),
  });
  const named = profile.routes.filter((route) => isAlways(always, route));
  const milliseconds = slow === undefined ? NaN : inMilliseconds(slow);
  return [
    // Whoever asks whether tracing works is answered, once a second at least.
    { name: "canary", match: { kind: "attribute", key: "service.name", wanted: canaryServices }, rate: canaryRate },
    ...Object.entries(attributes).map(([key, wanted]) => ({
      name: `always ${key}`,
      match: { kind: "attribute", key, wanted } as const,
      rate: Math.max(1, Math.floor(attributeShare * perSampler)),
    })),
    ...(named.length > 0
      ? [must("routes", { kind: "attribute", key: marks.always, wanted: ["yes"] }, sum(named.map(spansPerSecondOf)))]
      : []),
    ...(slow === undefined
      ? []
      : [
          must(
            "slow",
            { kind: "longer", milliseconds },
            sum(profile.routes.map((route) => spansPerSecondOf(route) * shareLonger(route, milliseconds))),
          ),
        ]),
  ];
}

/** Whether a trace that begins with this route is always kept. */
export const isAlways = (
  { routes = [], services = [] }: Always,
  route: Pick<Profile["routes"][number], "service" | "route">,
): boolean => routes.includes(routeKey(route)) || services.includes(route.service);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
