import type { Problem } from "../../core/problems";

/** What one route of the services that requests enter by does, measured before any sampling. */
export interface RouteProfile {
  /** `service.name` of the span that a trace begins with. */
  readonly service: string;
  /** Its `http.route`; where it has none, its name. */
  readonly route: string;
  /** Traces a second, over all of the time that was learnt from. */
  readonly tracesPerSecond: number;
  /** Spans of a trace, all services together. */
  readonly spansPerTrace: number;
  /** Duration of the first span. */
  readonly medianMs: number;
  readonly p99Ms: number;
  /** Share of traces in which a span failed, 0 to 1. */
  readonly errorShare: number;
  /** Traces a second in each of the 168 hours of a week, from Monday 00:00 UTC. @default - as many in each */
  readonly byHour?: readonly number[];
}

/** What traffic is like: what a budget is compiled for. Written by `sightline sampling learn`, and kept with the settings. */
export interface Profile {
  /** Time that it was learnt from, as ISO 8601 has it. */
  readonly from: string;
  readonly to: string;
  /** Spans of the largest trace: a bucket that is smaller never lets it pass. */
  readonly largestTrace: number;
  readonly routes: readonly RouteProfile[];
}

/** How settings and marks name a route: two services may have the same one. */
export const routeKey = ({ service, route }: Pick<RouteProfile, "service" | "route">): string => `${service} ${route}`;

export const spansPerSecondOf = ({ tracesPerSecond, spansPerTrace }: RouteProfile): number =>
  tracesPerSecond * spansPerTrace;

/** Spans a second that a profile expects. */
export const trafficOf = ({ routes }: Profile): number => sum(routes.map(spansPerSecondOf));

/** As in one hour of the week, from Monday 00:00 UTC. */
export const atHour = (profile: Profile, hour: number): Profile => ({
  ...profile,
  routes: profile.routes.map((route) => ({ ...route, tracesPerSecond: route.byHour?.[hour] ?? route.tracesPerSecond })),
});

/** A file that is the same for the same traffic: in order, one route a line, numbers to three digits. */
export function profileText({ routes, ...head }: Profile): string {
  const lines = [...routes]
    .sort((one, other) => (routeKey(one) < routeKey(other) ? -1 : 1))
    .map((route) => `    ${JSON.stringify(route, (_, value: unknown) => threeDigits(value))}`);
  const [open] = JSON.stringify(head, undefined, 2).split("\n}");
  return `${open},\n  "routes": [\n${lines.join(",\n")}\n  ]\n}\n`;
}

/** What is in a profile that no traffic can be like. */
export function profileProblems({ from, to, largestTrace, routes }: Profile): Problem[] {
  const problems: Problem[] = [];
  const wrong = (path: string, value: unknown, reason: string, remedy = again): void => {
    problems.push({ path, value, reason, remedy });
  };
  if (!(Date.parse(from) < Date.parse(to))) wrong("to", to, `not a time after from (${from})`);
  if (!(Number.isSafeInteger(largestTrace) && largestTrace > 0))
    wrong("largestTrace", largestTrace, "not a number of spans");
  if (routes.length === 0) wrong("routes", routes, "the profile is empty");
  const keys = routes.map(routeKey);
  routes.forEach((route, i) => {
    const path = `routes[${i}]`;
    if (keys.indexOf(keys[i]!) < i) wrong(path, keys[i], "appears twice", "keep one of them");
    for (const key of ["tracesPerSecond", "spansPerTrace", "medianMs", "p99Ms", "errorShare"] as const) {
      if (!(Number.isFinite(route[key]) && route[key] >= 0))
        wrong(`${path}.${key}`, route[key], "not a number of zero or more");
    }
    if (route.errorShare > 1) wrong(`${path}.errorShare`, route.errorShare, "more than 100 %");
    if (route.p99Ms < route.medianMs) wrong(`${path}.p99Ms`, route.p99Ms, `less than the median (${route.medianMs})`);
    if (route.byHour !== undefined && route.byHour.length !== 168) {
      wrong(`${path}.byHour`, route.byHour.length, "not one number for each of the 168 hours of a week");
    }
  });
  return problems;
}

const again = "learn it again with sightline sampling learn";

const threeDigits = (value: unknown): unknown => (typeof value === "number" ? Number(value.toPrecision(3)) : value);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
